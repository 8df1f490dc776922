using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Courts, charges and police investigations.</summary>
internal static class LegalRule
{
    private static readonly Regex Words = Spans.Any(
        "murder(?:ed|er|s)?", "manslaughter", "charged with", "magistrates", "crown court", "court case", "(?:in|to|at|before) court", "take[ns]? (?:\\w+ ){0,3}to court", "pleaded", "pleads", "plea", "(?:not )?guilty",
        "jury", "jurors?", "verdict", "sentenc(?:ed|ing)", "(?:on|stands?|stood) trial (?:for|over)", "trial (?:starts|begins|opens|date|continues|heard)", "inquest", "coroner(?:'s)?",
        "detectives?", "police (?:\\w+ ){0,2}(?:investigat\\w+|enquir\\w+|inquir\\w+|arrest\\w*|suspect|believe|think|looking for|hunting)", "arrested", "under arrest", "in custody", "on bail", "suspects?",
        "breathalysed", "breath test", "drunk driver", "drink[- ]driv(?:er|ing)", "prosecut(?:e|ed|ing|ion)", "(?:court|week|day|tribunal) hearing", "convict(?:ed|ion)", "CPS", "witness(?:es)? (?:statement|said)", "culprits?",
        "we (?:all )?know who", "(?:has|have) been charged");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Words.In(text);
}

/// <summary>What is the brigade's own business, or a partner's or supplier's.</summary>
internal static class ConfidentialRule
{
    private static readonly Regex Words = Spans.Any(
        "internal(?: use)? only", "internal(?: memo| email| note| document)", "internal: \\w+", "strictly internal", "confidential", "not for (?:publication|sharing|the public|release)", "embargo(?:ed)?",
        "between (?:us|ourselves)", "keep (?:this|it) (?:quiet|to yourselves?)", "(?:don't|do not) (?:share|tell anyone|pass)", "off the record", "hr (?:file|list|record|has|have|says?)s?", "from hr",
        "personnel files?", "payroll", "redundanc(?:y|ies)", "made redundant", "job cuts", "lay-?offs?", "contracts? (?:worth|value|price|signed|renewal|with|for|won|goes)", "our suppliers?", "procurement",
        "(?:out to|win|won|winning|lowest|highest) (?:tender|bid)s?", "overspen[dt]", "over budget", "budget (?:gap|cut|cuts|hole|meeting|figures|shortfall)", "(?:next year's|draft) budget", "deficit",
        "short[- ]staffed", "short of (?:staff|crew|people)", "staff(?:ing)? (?:gap|gaps|shortage|shortages|levels?|cuts?)", "under-?staffed", "off the run", "sickness (?:at|is|rate|running|levels?|absence)",
        "only (?:two|three|four|one|\\d) (?:riding|on duty|of us)", "shift rota", "door code", "gate code", "alarm code", "password", "pay (?:talks|offer|deal|rise)", "grievance", "disciplinary", "suspended from duty");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Words.In(text);
}

/// <summary>Words that criticise or pick a quarrel.</summary>
internal static class CriticismRule
{
    private static readonly Regex Words = Spans.Any(
        "useless", "incompetent", "incompetence", "pathetic", "disgrace(?:ful)?", "shame on", "shameful", "ashamed", "shambles", "shambolic", "clueless", "know(?:s)? nothing", "no clue", "hopeless", "(?:is|what|such) a joke",
        "can(?:'|no)t be bothered", "couldn't be bothered", "lazy (?:lot|so|people|drivers?|council)", "idiots?", "morons?", "muppets?", "numpt(?:y|ies)", "(?:you|those|these|bunch of) clowns", "dickheads?", "rubbish (?:at|job|service|as)", "worst (?:\\w+ ){0,2}(?:council|police|service|drivers?|company|parking|in)",
        "like a pigsty", "(?:you're|you are|they're|they are|he's|she's) (?:all )?(?:wrong|lying|liars?|thick|stupid)", "stupid", "shut up", "get a life", "grow up", "sit(?:ting)? around", "thanks for nothing", "no thanks to", "to blame",
        "blame (?:the|them|him|her)", "(?:the )?fault of", "too slow", "let (?:us|everyone|people|you) down", "do (?:your|their) job", "(?:don't|doesn't|didn't) (?:care|bother|have a clue)", "took (?:their|his|her) (?:sweet )?time",
        "except (?:ours|our)", "complaints? .{0,40}(?:go|goes) to", "shift it", "typical (?:of )?(?:the )?(?:council|police|ambulance|management|drivers?|women)", "cowboys?", "botched", "a mess of", "overpaid", "selfish", "wrong again");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Words.In(text);
}

/// <summary>Words that make less of people for what they are.</summary>
internal static class DiscriminationRule
{
    private static readonly Regex Words = Spans.Any(
        "(?:women|woman|female|lady|old|elderly|asian|foreign) drivers?", "you know what they're like", "they're all the same", "all the same, (?:these|those)", "(?:those|these|that sort of|their sort of) (?:people|lot)", "that lot", "their (?:sort|kind)",
        "leave it to the (?:men|lads|boys|girls)", "m[ae]n's (?:job|work)", "wom[ae]n's (?:job|work|place)", "ladies,? you", "(?:cook|clean|throw|run|fight) like a (?:girl|woman)", "like a girl", "girly", "the little woman", "(?:is|are|was|were|you're|they're) past it",
        "too old (?:to|for)", "(?:over|anyone over) \\d\\d is", "pipe and slippers", "old (?:dears|biddies|codgers|fogeys)", "quota (?:hires?|recruits?|women)", "diversity hires?", "proper firemen", "(?:don't|doesn't|didn't) (?:even )?look (?:disabled|ill|gay|muslim|english|british)",
        "people will talk", "limp[- ]wristed", "camp as", "that's so gay", "bit gay", "(?:don't|can't|doesn't) (?:even )?(?:read|speak|understand) english", "speak english", "go back to where", "foreigners?", "immigrants?", "gyps(?:y|ies)", "travellers? (?:again|left|mess)",
        "curry night again", "nutters?", "loon(?:y|ies)", "psychos?", "mental (?:case|patient)", "cripples?d?", "wheelchair lot", "not bad for a (?:girl|woman)", "for a (?:girl|woman)", "man up", "blonde moment", "time of the month", "snowflakes?", "locals only", "no (?:women|girls|gays|foreigners)");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Words.In(text);
}

/// <summary>Words, pictures and sounds that are somebody else's.</summary>
internal static class CopyrightRule
{
    private static readonly Regex Words = Spans.Any(
        "(?:off|from|via|on) google", "google images?", "googled", "(?:off|from) (?:the )?(?:internet|web|net|telly|tv|netflix|disney|pinterest|a film|the film)", "found (?:this |it |these |them )?(?:\\w+ ){0,4}(?:online|on the (?:internet|web)|on google|in a facebook group|on facebook)",
        "no idea (?:whose|who (?:took|owns|made))", "(?:don't|do not) know (?:whose|who (?:took|owns|made))", "whoever took (?:it|this)", "(?:credit|source|photographer|artist|photo by):? unknown", "(?:nicked|pinched|stole|stolen|borrowed|ripped|lifted|swiped|copied) (?:\\w+ ){0,4}(?:pic|pics|photo|photos|image|images|film|clip|song|cartoon|logo|video|meme|poster|off|from)",
        "(?:cartoon|pic|photo|image|song|clip|poster|logo|drawing) (?:\\w+ ){0,2}(?:borrowed|nicked|pinched|stolen|ripped|copied|lifted) from", "screenshot(?:ted)? (?:from|of)", "clip (?:from|of)", "filmed off", "recorded off", "hope (?:nobody|no one|they|he|she) (?:minds?|mind|won't mind)", "without (?:asking|permission)",
        "(?:getty|shutterstock|istock)", "watermark", "the (?:full|whole|entire) (?:film|song|album|episode|lyrics)", "full (?:film|song|album|episode|lyrics)", "ripped (?:the|from|it|off)", "pirated", "bootleg", "cropped (?:out )?(?:the )?(?:name|logo|watermark|credit)", "before it's taken down");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Words.In(text);
}
