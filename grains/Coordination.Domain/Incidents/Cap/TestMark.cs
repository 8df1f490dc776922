using System.Text.RegularExpressions;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Where in a text a mark must stand.</summary>
public enum TestMarkPlace
{
    /// <summary>Anywhere, as whole words.</summary>
    Anywhere,

    /// <summary>As the first words.</summary>
    Start,

    /// <summary>As the last words.</summary>
    End,

    /// <summary>As the first words, alone or set off by a sign: <c>TEST: ...</c>, <c>TEST - ...</c>; not <c>Test Valley</c>.</summary>
    Label,
}

/// <summary>Which texts of a message a mark is looked for in.</summary>
[Flags]
public enum TestMarkFields
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>event</c>.</summary>
    Event = 1,

    /// <summary><c>headline</c>.</summary>
    Headline = 2,

    /// <summary><c>description</c> and <c>note</c>.</summary>
    Text = 4,

    /// <summary>All of them.</summary>
    All = Event | Headline | Text,
}

/// <summary>What a mark means.</summary>
public enum TestMarkMeaning
{
    /// <summary>It is a test: the message holds nothing.</summary>
    IsTest,

    /// <summary>It may be a test: a person is asked.</summary>
    MayBeTest,
}

/// <summary>
/// Words that mark a test or an exercise in a message whose status says Actual: such messages are sent in earnest, "Required Monthly
/// Test" the best known. A mark right behind "not a" or "no" is none: "THIS IS NOT A TEST" announces the opposite.
/// </summary>
/// <param name="Words">Lower-case words with single spaces.</param>
/// <param name="Place">Where they must stand.</param>
/// <param name="Fields">In which texts.</param>
/// <param name="Meaning">What that means.</param>
public sealed partial record TestMark(string Words, TestMarkPlace Place, TestMarkFields Fields, TestMarkMeaning Meaning)
{
    /// <summary>The marks that stand until the brigade writes its own.</summary>
    public static IReadOnlyList<TestMark> Defaults { get; } =
    [
        new("test", TestMarkPlace.End, TestMarkFields.Event, TestMarkMeaning.IsTest),
        new("tests", TestMarkPlace.End, TestMarkFields.Event, TestMarkMeaning.IsTest),
        new("drill", TestMarkPlace.End, TestMarkFields.Event, TestMarkMeaning.IsTest),
        new("exercise", TestMarkPlace.End, TestMarkFields.Event, TestMarkMeaning.IsTest),
        .. Everywhere("test", "exercise", "drill", TestMarkPlace.Label, TestMarkFields.Event | TestMarkFields.Headline),
        .. Everywhere("test message", "test alert", "test event", TestMarkPlace.Start, TestMarkFields.Event | TestMarkFields.Headline),
        .. Everywhere("required weekly test", "required monthly test", "test only", TestMarkPlace.Anywhere, TestMarkFields.Event | TestMarkFields.Headline),
        .. Everywhere("this is a test", "this is only a test", "test test", TestMarkPlace.Anywhere, TestMarkFields.All),
        .. Everywhere("this is an exercise", "exercise exercise", "exercise only", TestMarkPlace.Anywhere, TestMarkFields.All),
        .. Everywhere("this is a drill", "this is only an exercise", "for exercise purposes only", TestMarkPlace.Anywhere, TestMarkFields.All),

        // "Fire at a vehicle test centre" is no test; who writes "siren test Coventry" may mean one.
        new("test", TestMarkPlace.Anywhere, TestMarkFields.Event, TestMarkMeaning.MayBeTest),
        new("exercise", TestMarkPlace.Anywhere, TestMarkFields.Event, TestMarkMeaning.MayBeTest),
        new("drill", TestMarkPlace.Anywhere, TestMarkFields.Event, TestMarkMeaning.MayBeTest),
    ];

    /// <summary>Whether the mark stands in the text.</summary>
    public bool IsIn(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var words = Words.Split(' ');
        var found = WordPattern().Matches(text);
        for (var i = 0; i + words.Length <= found.Count; i++)
        {
            if (StandsAt(words, found, i) && !Negated(found, i) && Fits(text, found, i, words.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static TestMark[] Everywhere(string first, string second, string third, TestMarkPlace place, TestMarkFields fields) =>
        [.. new[] { first, second, third }.Select(w => new TestMark(w, place, fields, TestMarkMeaning.IsTest))];

    private static bool StandsAt(string[] words, MatchCollection found, int at) =>
        !words.Where((w, k) => !string.Equals(w, found[at + k].Value, StringComparison.OrdinalIgnoreCase)).Any();

    private static bool Negated(MatchCollection found, int at)
    {
        bool Is(int index, params string[] any) => index >= 0 && any.Contains(found[index].Value, StringComparer.OrdinalIgnoreCase);
        return Is(at - 1, "no", "not", "isn't") || (Is(at - 1, "a", "an") && Is(at - 2, "not", "isn't"));
    }

    private bool Fits(string text, MatchCollection found, int at, int length) => Place switch
    {
        TestMarkPlace.Start => at == 0,
        TestMarkPlace.End => at + length == found.Count,
        TestMarkPlace.Label => at == 0 && IsSetOff(text, found, length),
        _ => true,
    };

    private static bool IsSetOff(string text, MatchCollection found, int length)
    {
        var last = found[length - 1];
        if (found.Count == length)
        {
            return true;
        }

        var between = text[(last.Index + last.Length)..found[length].Index].Trim();
        return between.Length > 0;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’][\p{L}]+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordPattern();
}
