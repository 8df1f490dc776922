using System.Text.RegularExpressions;

namespace Coordination.Storage.Register;

/// <summary>What the text fields of a register file may hold. Each rule answers what is wrong in words, or null.</summary>
internal static partial class FieldRules
{
    private const int MaxName = 200;

    /// <summary>A name of a person or an account. A register is opened in spreadsheets again, where =, +, - or @ starts a formula.</summary>
    public static string? CheckName(string text)
    {
        if (text.Length > MaxName)
        {
            return $"is longer than {MaxName} characters";
        }

        if (text.Any(char.IsControl))
        {
            return $"{FaultList.Quote(text)} has a line end, a tab or another control character";
        }

        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@'
            ? $"{FaultList.Quote(text)} starts with {text[0]}, which a spreadsheet runs as a formula; write it without"
            : null;
    }

    /// <summary>An e-mail address.</summary>
    public static string? CheckEmail(string text) => text.Length <= 254 && EmailPattern().IsMatch(text)
        ? null
        : $"{FaultList.Quote(text)} is no e-mail address";

    /// <summary>A telephone number as people write it.</summary>
    public static string? CheckPhone(string text) => PhonePattern().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 7 and <= 15
        ? null
        : $"{FaultList.Quote(text)} is no telephone number; write 7 to 15 digits, with spaces, brackets and a leading + where wanted";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\A\+?[0-9() -]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PhonePattern();
}
