using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Rota;

namespace Coordination.Domain.Notices;

/// <summary>What a message is made of.</summary>
public sealed record NoticeFacts
{
    /// <summary>What people are told of.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>The hold.</summary>
    public required Hold Hold { get; init; }

    /// <summary>The accounts that it covers, with their contacts and deputies.</summary>
    public required IReadOnlyList<AccountSummary> Accounts { get; init; }

    /// <summary>All holds that stand now: after a lift some accounts may still be held.</summary>
    public IReadOnlyList<Hold> Standing { get; init; } = [];

    /// <summary>The duty Comms officer; null when nobody is on the rota.</summary>
    public Shift? OnDuty { get; init; }

    /// <summary>Comms' own telephone number, for when nobody is on the rota; null when none is set.</summary>
    public string? CommsPhone { get; init; }

    /// <summary>The hold's page; null when it is not known where people reach this service.</summary>
    public Uri? HoldPage { get; init; }
}
