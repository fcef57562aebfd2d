/** Texts of our own making such as tools bring; nothing is learnt from them. */
export const written: Readonly<Record<string, readonly string[]>> = {
  mail: [
    `SUBJECT: Water main repair on Elm Street
EMAIL_FROM: Public Works
RECEIVED DATE: 2023-03-04 08:12:55
CONTENT: Good morning neighbours, crews will be replacing a section of the water main on Elm Street between Monday and Wednesday. Expect low pressure from 9 am until mid-afternoon. Parking on the north side will not be possible during these days. Residents with medical needs should call the office at the number on their bill. We apologise for the inconvenience and thank you for your patience.`,
    `From: Priya Raman
Subject: Re: offsite in June

Hi all,
I spoke with the lodge and they can hold fourteen rooms for us until the end of the month. The price is a little over what we paid last year, but breakfast is included and the meeting hall has a projector this time. Tom will drive the van up on Thursday night with the equipment. Could you let me know by Friday if you have any allergies? I need to tell the kitchen.
See you soon,
Priya`,
    `Dear Mr. Okafor,
Your Visa statement for the period ending 12 April is now available. The balance is $1,284.17 and the minimum payment of $35.00 is due on 7 May. Payments received after 5 pm are posted the next business day. If you have already paid, please disregard this notice. You can change how you receive statements in your profile at any time.
Cardmember services`,
    `Hey Sam, are we still on for Saturday? Mum said she would bring the big cooler and Lena is making the potato salad nobody can stop eating. I booked the shelter near the lake from noon. It rained last year so I put tarps in the trunk just in case. Don't forget the frisbee! Talk soon, J.`,
    `Subject: Build 4471 failed
The nightly build failed on the integration stage. Two tests timed out while waiting for the message broker to start; the same tests passed on the retry. The logs are attached. I have opened a ticket with the infrastructure team because this is the third time since the upgrade. Nothing needs to be reverted at this point. Regards, Marta`,
  ],
  news: [
    `A fire that broke out in a textile warehouse on the outskirts of the city on Sunday night has been brought under control, the fire service said. More than eighty firefighters worked through the night. Two of them were treated for smoke inhalation. The cause is not yet known, but investigators are looking at an electrical fault. Residents in nearby streets were told to keep their windows closed until the afternoon. "We were lucky that the wind turned," said the station commander.`,
    `The striker scored twice in the final ten minutes as the visitors came from behind to win the derby. It was their first victory at the ground since 2009 and moved them up to fourth. The home manager, who was sent off shortly before the break for arguing with officials, refused to speak to the press. His assistant said the players had given everything. They travel to the coast for the cup replay on Wednesday.`,
    `Scientists have described a new species of glass frog from the cloud forests of the eastern Andes. The animal, about the size of a thumbnail, has a transparent belly through which its heart can be seen. Only eleven specimens have been found, all of them along a single stream. The team fears that mining upstream could destroy the habitat before the population is fully surveyed. Their findings were published on Tuesday.`,
    `Shares in the airline fell by nearly nine per cent after it warned that fuel costs and a pilots' dispute would hit its results. The company now expects a small loss for the year. Analysts had forecast a modest profit. The chief executive told investors that bookings for the summer remained strong and that no routes would be cut. Unions have called a further strike for the end of the month.`,
    `When the old cinema closed in 1998, few people expected it to open its doors again. But volunteers have spent six years restoring the plasterwork and the original organ. The first film will be shown next month. Why did it take so long? Money, mostly: the roof alone cost half a million. The council provided a loan and hundreds of locals bought shares.`,
  ],
  table: [
    `| Year | Title | Role | Notes |
| --- | --- | --- | --- |
| 1994 | Harbour Lights | Nell | Television film |
| 1997 | The Long Orchard | Mrs. Pike | Nominated, best supporting actress |
| 2001 | Quiet Country | Ruth | |
| 2003 | Seven Bridges | Dr. Hale | 4 episodes |
| 2008 | What Remains | Older Anna | Voice |`,
    `| Rank | Rider | Team | Time |
| 1 | Paolo Ferri | Alpina | 4h 21' 07" |
| 2 | Jens Holm | Nordic Cycling | + 0' 12" |
| 3 | Luis Ortega | Caja Sur | + 0' 12" |
| 4 | Matt Keller | Summit | + 0' 38" |`,
    `station,opened,line,platforms,zone
Northgate,1907,Circle,2,1
Old Mill,1932,Circle,2,2
Parkway,1979,Airport,4,3
University,1979,Airport,2,3
Harbour,2011,Tram 4,2,1`,
  ],
  code: [
    `I'm building a small inventory app and the totals come out wrong when there are two items with the same name. Here is the relevant part:

def total(items):
    sums = {}
    for item in items:
        sums[item.name] = item.count
    return sums

I expected the counts to be added but I only get the last one. I already checked that the list itself is right.`,
    `TypeError: Cannot read properties of undefined (reading 'map')
    at List (List.jsx:14:22)

The component gets its rows from a fetch in useEffect. On the first render the state is undefined and it crashes.

const [rows, setRows] = useState();
useEffect(() => { fetch('/api/rows').then(r => r.json()).then(setRows); }, []);
return rows.map(row => <Row key={row.id} {...row} />);`,
    `SELECT c.name, COUNT(o.id) AS orders
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
WHERE o.created_at > '2022-01-01'
GROUP BY c.name;

Customers without orders do not show up although it is a left join. Postgres 14, the tables are small, there is an index on customer_id.`,
  ],
}
