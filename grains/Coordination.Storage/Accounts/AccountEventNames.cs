using System.Reflection;
using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;

namespace Coordination.Storage.Accounts;

/// <summary>The journal's names and traits of account events, read from the events themselves.</summary>
internal static class AccountEventNames
{
    private static readonly Dictionary<Type, string> Names = typeof(AccountEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The stored name.</summary>
    public static string NameOf(AccountEvent change) => Names[change.GetType()];

    /// <summary>Whether a person confirmed a post by it, so that a sequence number is drawn (FENCE.md rule 4).</summary>
    public static bool Confirms(AccountEvent change) => change is PostScheduled or PostRescheduled or PostApproved or PostRetried;

    /// <summary>Why, where a reason is part of the event.</summary>
    public static string? ReasonOf(AccountEvent change) => change switch
    {
        PostRescheduled e => e.Reason,
        PostReturned e => e.Comment,
        PostSubmitted e => string.Join(" ", e.Review.Why.Select(w => w.Words)),
        PostCancelled e => e.Reason,
        PostRemovalAsked e => e.Reason,
        PostNotRemoved e => e.Why,
        PostRemoved e => e.Reason,
        AccountRetired e => e.Reason,
        AccountNeedsAttention e => e.Why,
        PostMissed e => e.Why,
        PostNotSent e => e.Why,
        PostRejected e => e.Why,
        PostFailed e => e.Why,
        PostUnknown e => e.Why,
        PostHeld e => "Held by " + string.Join(", ", e.HoldIds),
        _ => null,
    };
}
