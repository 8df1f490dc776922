using Coordination.Storage.OffSystem;

namespace Coordination.Dashboard.Desks;

/// <summary>Why the off-system check does not know what an account shows, in words.</summary>
public static class OffSystemReasons
{
    /// <summary>The reason, a sentence.</summary>
    public static string Of(UncheckedRow row) => row.Code switch
    {
        UncheckedCodes.Failed => row.Why is { Length: > 0 } why ? why : "The platform could not be asked.",
        UncheckedCodes.NotConnected => "The account is not connected, so the service cannot read it.",
        UncheckedCodes.NotAsked => "It has not been read yet.",
        UncheckedCodes.Overdue => "It was read, but not again for more than five minutes.",
        UncheckedCodes.Undecided => row.Undecided == 1
            ? "It shows a post that may be one of ours: what became of a call to the platform is not known yet."
            : $"It shows {row.Undecided} posts that may be ours: what became of a call to the platform is not known yet.",
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.Code, "No such reason."),
    };
}
