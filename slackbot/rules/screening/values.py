"""What may be of value to somebody who refers, by kind: words and pieces of patterns, no patterns."""

from typing import Final

VALUES: Final = {
    "gifts": (
        r"gifts?(?! shop| basket drive)|gift ?cards?|(?:starbucks|amazon|visa|target|dunkin'?|panera|gas|store|coffee|prepaid) "
        r"(?:gift )?cards?|(?:holiday |fruit |gift |goodie |snack |cookie |candy |food )?(?:baskets?|hampers?)|goodie bags?|"
        r"trays?|wine|champagne|bourbon|whiskey|liquor|swag|vouchers?|flowers|chocolates?|cookies|jewelry|merch|laptops?|"
        r"ipads?|tablets?|airpods|tvs?|raffles?|drawings?|prizes?|sweepstakes|a little something|goodies|spa|massages?|trips?|vacations?|getaways?|spa day|watches|freebies|presents|perks?|favors?"
    ),
    "meals": (
        r"(?<!over )(?<!at )(?<!during )(?:lunch(?:es)?|luncheons?|dinners?|breakfasts?|brunch(?:es)?)"
        r"(?! (?:and|&|n|'n'?) learn| time| hour| break| meetings?| visits?|-and-learn)|meals?|cater(?:ed|ing)?|steaks?|"
        r"pizzas?|food|drinks|happy hours?|bagels|donuts|doughnuts|coffees?|treats?|sandwiches|ice cream|tacos|bbq|barbecue|cookouts?|cakes?|"
        r"feed(?:ing)? (?:them|their|the)|beers?|steakhouse"
    ),
    "stipends or fees": (
        r"stipends?|honorari(?:um|ums|a)|(?:speak(?:er|ing|ers)|consult(?:ing|ant)|advisory|director(?:'s|ship)?) "
        r"(?:fees?|pay|payments?|stipends?|contracts?|agreements?)|medical direct(?:or)?ships?|medical director "
        r"(?:fees?|pay|stipends?|role|title|contract|agreement|position|deal|job)|advisory board (?:seat|fee|pay)s?|retainers?|paid (?:advis[eo]rs?|"
        r"consultants?|speakers?|roles?|positions?|seats?|boards?)|(?:speakers?'?|consulting|our|the) payroll|speakers?'? bureau|salary|salaries|teleconsult fees?"
    ),
    "tickets": (
        r"tickets?|the suite|luxury (?:suite|box)|sky ?box(?:es)?|box seats|court-?side|seats|season passes|concerts?|"
        r"golf (?:outing|trip|round|day)s?|ball ?games?|playoffs?|"
        r"(?:theater|theatre|football|basketball|hockey|baseball|fishing|hunting|ski) (?:game|trip|weekend|show|night|pass)s?|golf"
    ),
    "rent or space": (
        r"rents?|rental|lease|leases|sublease|office space|free space|clinic space|below-?market|timeshares?|free parking|half (?:the )?(?:market |usual |normal |going )?(?:price|rate)|"
        r"rent-free|(?:office|clinic|exam) (?:suite|rooms?)|square feet"
    ),
    "exclusivity or guaranteed referrals": (
        r"exclusiv\w{1,5}(?! (?:access|(?:phone |hot)?lines?|number|portal|page|clinic|provider))|guarantee\w{0,2}(?= (?:[\w'-]{1,15}+ ){0,4}(?:referrals|patients|cases|volume))|only to us|solely|all (?:of )?(?:their|his|her|its) "
        r"(?:cases|referrals|patients|imaging|surgeries|business)|minimum of \d++ referrals|block time"
    ),
    "payment": (
        r"(?<!patients )(?<!members )(?<!families )(?:pay|pays|paying|paid)(?! (?:less|more for|attention|off\b|a visit|their (?:co-?pay|"
        r"bill|deductible)))|payments?|cash|referral fees?|finder'?s'? fees?|fees?|bonus(?:es)?|kick-?backs?|commissions?|"
        r"\$ ?\d[\d,.]*+k?|\d++ ?% of each|checks?|cover(?:s|ed|ing)? (?:their|his|her|the)|reimburs\w{1,7}|"
        r"forg(?:ave|ives?|iving|iven)|waiv(?:es?|ed|ing)|(?:write|wrote|writing|written) off|fund(?:s|ed|ing)? (?:their|his|her|a|an|the)|"
        r"for free|free of charge|at no (?:cost|charge)|on us|on our dime|gratis|incentivi[sz]\w{1,3}|(?:a |their |his |her )?cut of|percentage of|"
        r"sponsor(?:s|ed|ing|ships?)?|donat\w{1,4}|free (?:staff|training|ehr|equipment|software|billing|it|cme|nurses?|supplies|help|labor|scribe|marketing)|"
        r"marketing (?:support|money|dollars)|discounts?|loans?|incentives?|compensat\w{1,4}|support their|spiffs?|bounty|"
        r"bounties|money|rewards?|subsid\w{1,5}|\d++ (?:dollars|bucks)|royalt(?:y|ies)"
    ),
}
