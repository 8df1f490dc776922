using System.Text.RegularExpressions;

namespace Coordination.Domain.Accounts;

/// <summary>One field of what somebody gave, and what is wrong with it.</summary>
/// <param name="Field">The field's name, as in files and JSON: <c>station</c>, <c>deputies[0].name</c>.</param>
/// <param name="Words">What is wrong and what is wanted, as a whole phrase: <c>station 'atlantis' is not known; ...</c>.</param>
public sealed record FieldFault(string Field, string Words);

/// <summary>What the text fields of an account may hold, in a file and in a form alike. Each rule answers what is wrong in words, or null.</summary>
public static partial class FieldRules
{
    private const int MaxName = 200;
    private const int QuotedLength = 60;

    /// <summary>A name of a person or an account. A register is opened in spreadsheets again, where =, +, - or @ starts a formula.</summary>
    public static string? CheckName(string text)
    {
        if (text.Length > MaxName)
        {
            return $"is longer than {MaxName} characters";
        }

        if (text.Any(char.IsControl))
        {
            return $"{Quote(text)} has a line end, a tab or another control character";
        }

        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@'
            ? $"{Quote(text)} starts with {text[0]}, which a spreadsheet runs as a formula; write it without"
            : null;
    }

    /// <summary>An e-mail address.</summary>
    public static string? CheckEmail(string text) => text.Length <= 254 && EmailPattern().IsMatch(text)
        ? null
        : $"{Quote(text)} is no e-mail address";

    /// <summary>A telephone number as people write it.</summary>
    public static string? CheckPhone(string text) => text.Length <= MaxName && PhonePattern().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 7 and <= 15
        ? null
        : $"{Quote(text)} is no telephone number; write 7 to 15 digits, with spaces, brackets and a leading + where wanted";

    /// <summary>A value as it is shown in a fault: short, in quotation marks, without control characters.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > QuotedLength ? $"{text[..QuotedLength]}..." : text;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c))}'";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\A\+?[0-9() -]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PhonePattern();
}
