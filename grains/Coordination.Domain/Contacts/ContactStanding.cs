namespace Coordination.Domain.Contacts;

/// <summary>How an account stands with its named contact, worst first.</summary>
public enum ContactStanding
{
    /// <summary>It has none.</summary>
    Missing,

    /// <summary>The contact is not active in the staff directory any more.</summary>
    Ended,

    /// <summary>Whom Comms asked said no.</summary>
    Declined,

    /// <summary>Whom Comms asked has not answered in time, or cannot any more.</summary>
    Unanswered,

    /// <summary>Somebody is asked, and has time left.</summary>
    Asked,

    /// <summary>Nobody has ever said that they are the contact.</summary>
    Unconfirmed,

    /// <summary>The contact said so themselves, and is active.</summary>
    Confirmed,
}

/// <summary>Ids and names of the standings.</summary>
public static class ContactStandings
{
    private static readonly string[] Names = ["No contact", "Contact has left", "Said no", "No answer", "Asked", "Never confirmed", "Confirmed"];

    /// <summary>The id, as in JSON and the database.</summary>
    public static string Id(this ContactStanding standing) => standing.ToString().ToLowerInvariant();

    /// <summary>The name, as on screen.</summary>
    public static string Name(this ContactStanding standing) => Names[(int)standing];

    /// <summary>Whether Comms has to name another now.</summary>
    public static bool IsToSettle(this ContactStanding standing) => standing <= ContactStanding.Unanswered;

    /// <summary>Whether it is on Comms' worklist: whatever is not confirmed.</summary>
    public static bool IsListed(this ContactStanding standing) => standing != ContactStanding.Confirmed;

    /// <summary>Finds a standing by its id.</summary>
    public static bool TryParse(string? id, out ContactStanding standing)
    {
        foreach (var known in Enum.GetValues<ContactStanding>())
        {
            if (string.Equals(known.Id(), id, StringComparison.Ordinal))
            {
                standing = known;
                return true;
            }
        }

        standing = default;
        return false;
    }
}
