using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>People who are named, or whom their neighbours would know. Those who act in an office, and our own staff in their role, are none.</summary>
internal static partial class PersonRule
{
    // First names that are common enough to be no place's or company's; a name is one of these and a capitalised word after it.
    private static readonly HashSet<string> FirstNames = new(
        ("Aaron Abdul Adam Agnes Ahmed Aisha Alan Albert Alex Alice Alison Amanda Amir Amy Andrea Andrew Angela Anita Ann Anna Anne Anthony Arthur Ayesha Barbara Barry Ben Beryl Beth Betty Bev Bill Bob Brenda Brian "
            + "Carl Carol Caroline Catherine Charlie Charlotte Chloe Chris Christine Claire Clare Colin Craig Dale Daniel Darren Dave David Dawn Dean Deborah Debbie Denise Dennis Derek Diane Donna Doreen Doris Dorothy Edith Edna Edward "
            + "Eileen Elaine Eleanor Elizabeth Ellen Elsie Emily Emma Eric Ethel Eva Evelyn Farah Fatima Fiona Frank Fred Gareth Gary Gavin Geoff George Gerald Gillian Gladys Glen Gloria Gordon Grace Graham Grant Greg Gurpreet Halina Hannah Harjit Harold "
            + "Harpreet Harry Hassan Hazel Heather Helen Henry Hilda Howard Hussain Ian Imran Irene Iris Ivy Jack Jackie Jacob Jake James Jamie Jan Jane Janet Janice Jason Jean Jeff Jennifer Jenny Jeremy Jessica Jim Joan Joanna Joanne Joe John Jon Jonathan Josh "
            + "Joyce Judith Julia Julie June Karen Kate Kathleen Katie Keith Kelly Ken Kenneth Kerry Kevin Khalid Kim Kirsty Kyle Lauren Laura Lee Leslie Lesley Lewis Liam Linda Lisa Louise Lucy Luke Lynn Mabel Malcolm Manjit Margaret Maria Marion Marjorie Mark "
            + "Martin Mary Matt Matthew Maureen Mavis Megan Melanie Michael Michelle Mick Mike Mohammed Moira Molly Muhammad Nadia Naomi Natalie Nathan Neil Nick Nicola Nigel Nina Noel Nora Norman Oliver Olive Olivia Omar Pam Parveen Pat Patricia Patrick Paul Paula "
            + "Pauline Pete Peter Phil Philip Phyllis Priya Rachel Raj Ralph Ravi Ray Rebecca Reg Rhys Richard Rita Rob Robert Robin Roger Ron Ronald Rose Ross Roy Russell Ruth Ryan Sally Sam Samantha Sanjay Sandra Sara Sarah Scott Sean Sharon Sheila Shirley Simon "
            + "Sophie Stan Stella Stephen Steve Stuart Sue Susan Suzanne Sylvia Tanya Ted Terry Thelma Theresa Thomas Tim Tina Toby Tom Tony Tracey Trevor Vera Vicky Victor Victoria Vincent Violet Wayne Wendy William Winifred Yasmin Yvonne Zara Zoe").Split(' '),
        StringComparer.Ordinal);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) =>
        Titled().In(text, m => !Office().IsMatch(Before(text, m)))
            .Concat(Named().Matches(text).Where(m => FirstNames.Contains(m.Value) && !Office().IsMatch(Before(text, m)))
                .Select(m => new TextSpan(m.Index, m.Groups["last"].Index + m.Groups["last"].Length - m.Index)))
            .Concat(Known().In(text));

    private static string Before(string text, Match m) => text[Math.Max(0, m.Index - 30)..m.Index];

    [GeneratedRegex(@"\b(Mr|Mrs|Miss|Ms|Mx|Master|Pan|Pani|Mr\.|Mrs\.|Ms\.)\s+[A-Z][\p{L}'\-]+(\s+[A-Z][\p{L}'\-]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Titled();

    // The name after it is looked at and not taken: "Call Denise Pocock" is "Denise Pocock", too.
    [GeneratedRegex(
        @"\b[A-Z][a-z]+(?=\s+(?<last>[A-Z][\p{L}'\-]+)\b(?!\s+(Road|Rd|Street|St|Avenue|Ave|Lane|School|Academy|College|Way|Drive|Close|Park|House|Centre|Hospital|Stadium|Foundation|Trust|Hotel|Arms|Theatre|Terry|Memorial|Junior|Primary|Court|Square|Estate|Canal)))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"\b(Commander|Firefighter|Officer|FF|Manager|CFO|Chief|Cllr|Councillor|Mayor|Lord|Lady|Sir|Dame|MP|Minister|King|Queen|Prince|Princess|Duke|Instructor|Trainer|Chaplain|Dr|Professor|Rev|Chair|Constable|Sergeant|Inspector|Superintendent|Apprentice|Dog handler|Controller|author|historian|engineer)\.?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Office();

    // Not named, but anybody in the street knows who is meant.
    [GeneratedRegex(
        @"\b(the\s+(landlord|landlady|owner|vicar|headteacher|head teacher|caretaker|postman|butcher|baker|barber)\s+(of|at|from)\s+(the\s+)?[A-Z]|lollipop\s+(lady|man)|(couple|family|man|woman|lady|mum|mother|dad|father|pensioner|widow|widower|lad|brothers|sisters)\s+(living|who lives?|who lived)\s+(there|at|in|next|above|opposite)|he lives at|she lives at|they live at|mum of (two|three|four|five|\d)|father of (two|three|four|five|\d))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Known();
}
