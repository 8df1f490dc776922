using System.Text.Json.Serialization;

namespace Coordination.Domain.Holds;

/// <summary>What a hold lets through. Ordered from the mildest to the strictest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HoldKind>))]
public enum HoldKind
{
    /// <summary>Only what Comms has approved (a pre-election period).</summary>
    [JsonStringEnumMemberName("approvalRequired")]
    ApprovalRequired,

    /// <summary>Only Comms and the people it names (order 01/25, 2.1).</summary>
    [JsonStringEnumMemberName("centralCoordination")]
    CentralCoordination,

    /// <summary>Nobody publishes.</summary>
    [JsonStringEnumMemberName("freeze")]
    Freeze,
}

/// <summary>Ids and words of the kinds of hold.</summary>
public static class HoldKinds
{
    /// <summary>The id, as in JSON and in the database.</summary>
    public static string Id(this HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "freeze",
        HoldKind.CentralCoordination => "centralCoordination",
        HoldKind.ApprovalRequired => "approvalRequired",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of hold."),
    };

    /// <summary>The words, as on screen.</summary>
    public static string Name(this HoldKind kind) => kind switch
    {
        HoldKind.Freeze => "Freeze",
        HoldKind.CentralCoordination => "Central coordination",
        HoldKind.ApprovalRequired => "Approval required",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of hold."),
    };

    /// <summary>Finds a kind by its id.</summary>
    public static bool TryParse(string? id, out HoldKind kind)
    {
        foreach (var candidate in Enum.GetValues<HoldKind>())
        {
            if (string.Equals(candidate.Id(), id, StringComparison.OrdinalIgnoreCase))
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
