using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Components.Board;

/// <summary>What the board is narrowed to. An empty part does not narrow.</summary>
public sealed record BoardFilter(string Text = "", string Area = "", string Platform = "", string Kind = "", string State = "", bool NoContact = false)
{
    /// <summary>Whether nothing is narrowed.</summary>
    public bool IsEmpty => Text.Length + Area.Length + Platform.Length + Kind.Length + State.Length == 0 && !NoContact;

    /// <summary>Whether the row is shown. Each word of the text must stand in the key, the names, the labels or the contact.</summary>
    public bool Admits(AccountRow row)
    {
        var labels = row.Summary.Labels;
        return Same(Area, labels.Area ?? "none")
            && Same(Platform, labels.Platform)
            && Same(Kind, labels.Kind.Id())
            && Same(State, row.State)
            && (!NoContact || LacksContact(row))
            && Mentions(row, labels);
    }

    /// <summary>Whether nobody can be reached about the account (order 01/25, 2.1).</summary>
    public static bool LacksContact(AccountRow row) =>
        row.State is not "retired" && row.Summary.Contact is null or { Phone: null or "", Email: null or "" };

    private static bool Same(string wanted, string actual) => wanted.Length == 0 || string.Equals(wanted, actual, StringComparison.Ordinal);

    private bool Mentions(AccountRow row, AccountLabels labels)
    {
        foreach (var word in Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Has(row.Summary.Key.Value, word) && !Has(row.Summary.DisplayName, word) && !Has(Names.Home(labels), word)
                && !Has(labels.Area, word) && !Has(Names.OfPlatform(labels.Platform), word) && !Has(row.Summary.Contact?.Name, word))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false;
}
