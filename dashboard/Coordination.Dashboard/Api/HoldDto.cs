using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary>A hold as every client sees it. What only some routes know is left out by the others.</summary>
public sealed record HoldDto
{
    /// <summary>The id, such as <c>H-000231</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One of <c>freeze centralCoordination approvalRequired</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it covers.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it stands.</summary>
    public required bool Active { get; init; }

    /// <summary>Its place in the fence's order.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it came into force, by the database's clock.</summary>
    public required DateTimeOffset AcknowledgedAt { get; init; }

    /// <summary>Who placed it.</summary>
    public required ActorDto PlacedBy { get; init; }

    /// <summary>Staff ids that it lets through.</summary>
    public required IReadOnlyList<string> NamedPosters { get; init; }

    /// <summary>The incident's reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incident { get; init; }

    /// <summary>When somebody should look at it again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>The rule that placed it, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>When it ends by itself, because its placer chose so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether its lift needs a second, different member of Comms.</summary>
    public required bool LiftNeedsSecond { get; init; }

    /// <summary>The request to lift it: it waits while the hold stands, and was confirmed when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiftAskDto? LiftAsk { get; init; }

    /// <summary>When it was lifted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>The lift's place in the fence's order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LiftedSequence { get; init; }

    /// <summary>Name of who lifted it; of who confirmed, where two did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LiftedBy { get; init; }

    /// <summary>Why it was lifted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LiftReason { get; init; }

    /// <summary>Whether it ended at the time its placer chose, and nobody lifted it; left out while it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EndedByItself { get; init; }

    /// <summary>Accounts it covers, counted after it came into force.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Covered { get; init; }

    /// <summary>Covered accounts that have acknowledged it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Acknowledged { get; init; }

    /// <summary>Posts that had their permit before it, and what became of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InFlightDto>? InFlight { get; init; }

    /// <summary>How far the platforms were asked for what did not come through here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OffSystemDto? OffSystem { get; init; }

    /// <summary>The accounts' acknowledgements, those still missing first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReceiptDto>? Receipts { get; init; }

    /// <summary>Cursor of the next page of receipts; left out at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }

    /// <summary>Milliseconds from the request to its commit, as this host measured them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ElapsedMilliseconds { get; init; }

    /// <summary>Whether an earlier request with the same idempotency key had placed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Repeated { get; init; }

    /// <summary>Whether it had been lifted before this request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AlreadyLifted { get; init; }

    /// <summary>Makes it of a hold.</summary>
    public static HoldDto Of(Hold hold) => new()
    {
        Id = hold.Id,
        Kind = hold.Kind.Id(),
        Scope = hold.Scope,
        Reason = hold.Reason,
        Active = hold.Stands,
        Sequence = hold.Sequence,
        AcknowledgedAt = hold.PlacedAt,
        PlacedBy = new ActorDto(hold.PlacedBy, hold.PlacedByName, hold.PlacedByRole.Id()),
        NamedPosters = hold.NamedPosters,
        Incident = hold.Incident,
        ReviewAt = hold.ReviewAt,
        Rule = hold.Rule,
        EndsAt = hold.EndsAt,
        LiftNeedsSecond = hold.LiftNeedsSecond,
        LiftAsk = hold.LiftAsk is { } ask ? new LiftAskDto(ask.By, ask.ByName, ask.At, ask.Sequence, ask.Reason) : null,
        LiftedAt = hold.LiftedAt,
        LiftedSequence = hold.LiftedSequence,
        LiftedBy = hold.LiftedByName,
        LiftReason = hold.LiftReason,
        EndedByItself = hold.Stands ? null : hold.EndedByItself,
    };

    /// <summary>Makes the acknowledgement of a hold that took.</summary>
    public static HoldDto Of(HoldPlaced placed) => Of(placed.Placed.Hold) with
    {
        Covered = placed.Covered,
        InFlight = InFlightDto.Of(placed.Placed.InFlight),
        ElapsedMilliseconds = Math.Round(placed.Placed.Elapsed.TotalMilliseconds, 2),
        Repeated = placed.Placed.Repeated,
    };
}

/// <summary>A request to lift a hold.</summary>
/// <param name="By">Staff id of the asker.</param>
/// <param name="ByName">The asker's name at the time.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Sequence">Which request it is: whoever confirms may name it.</param>
/// <param name="Reason">Why, in the asker's words.</param>
public sealed record LiftAskDto(string By, string ByName, DateTimeOffset AskedAt, long Sequence, string Reason);

/// <summary>Who did something.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">Name at the time.</param>
/// <param name="Role">Role id at the time.</param>
public sealed record ActorDto(string Id, string Name, string Role);

/// <summary>A post whose permit was issued before a hold.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Account">Its account's key.</param>
/// <param name="PermitSequence">The permit's place in the fence's order.</param>
/// <param name="IssuedAt">When the permit was issued.</param>
/// <param name="Outcome"><c>open</c>, <c>sent</c>, <c>not-sent</c> or <c>unknown</c>.</param>
/// <param name="Url">Where it can be seen, when it was sent.</param>
/// <param name="SentAt">When the platform took it, when it was sent.</param>
/// <param name="RemovalAskedAt">When somebody asked for it to be taken off again.</param>
/// <param name="RemovalAskedBy">Name of who asked.</param>
/// <param name="RemovedAt">When it was known to be off the platform.</param>
public sealed record InFlightDto(
    Guid PostId,
    string Account,
    long PermitSequence,
    DateTimeOffset IssuedAt,
    string Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RemovalAskedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RemovalAskedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RemovedAt)
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<InFlightDto> Of(IEnumerable<InFlightPost> posts) =>
        [.. posts.Select(p => new InFlightDto(
            p.PostId, p.Account, p.PermitSequence, p.IssuedAt, p.Outcome, p.Url, p.SentAt, p.RemovalAskedAt, p.RemovalAskedBy, p.RemovedAt))];
}

/// <summary>One account's own acknowledgement of a hold.</summary>
/// <param name="Account">Its key.</param>
/// <param name="AcknowledgedAt">When; null while it has not answered.</param>
/// <param name="PostsHeld">How many posts it marked as held.</param>
public sealed record ReceiptDto(string Account, DateTimeOffset? AcknowledgedAt, int PostsHeld)
{
    /// <summary>Makes it.</summary>
    public static ReceiptDto Of(ReceiptRow row) => new(row.Account, row.AcknowledgedAt, row.PostsHeld);
}
