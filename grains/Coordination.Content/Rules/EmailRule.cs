using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Addresses of people. A role's address of the brigade's own is meant to be known.</summary>
internal static partial class EmailRule
{
    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Address().In(text, m => !IsOwnRole(m, facts)).Concat(InWords().In(text));

    // first.last@ and jo7@ are people; contact@ is nobody.
    private static bool IsOwnRole(Match address, ContentFacts facts) =>
        string.Equals(address.Groups["host"].Value, facts.OwnDomain, StringComparison.OrdinalIgnoreCase) && address.Groups["name"].Value.All(char.IsAsciiLetter);

    [GeneratedRegex(@"(?<name>[A-Za-z0-9._%+\-]{1,64})@(?<host>[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63}){1,5})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[\w.\-]{1,40}(\s+at\s+|\s*[(\[]at[)\]]\s*)[\w\-]{1,40}(\s+dot\s+|\s*[(\[]dot[)\]]\s*)\w{2,20}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InWords();
}
