using Coordination.Domain.Accounts;

namespace Coordination.FaultTests.Clients;

/// <summary>What a client was finally told about one wish.</summary>
internal enum Told
{
    /// <summary>Nothing certain yet: it goes on asking.</summary>
    Nothing,

    /// <summary>It took.</summary>
    Took,

    /// <summary>It was refused, or is certain not to have taken.</summary>
    Refused,
}

/// <summary>One wish of one client, asked for again and again under the same operation id until the answer is certain.</summary>
internal sealed class Call
{
    /// <summary>What was asked for: schedule, cancel, hold, lift, ...</summary>
    public required string Kind { get; init; }

    /// <summary>The operation id.</summary>
    public Guid Operation { get; init; } = Guid.NewGuid();

    /// <summary>Who asked.</summary>
    public required string Staff { get; init; }

    /// <summary>Where.</summary>
    public required string Path { get; init; }

    /// <summary>With what.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>With what, when it is the register of one account.</summary>
    public AccountKey? Registers { get; init; }

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset Began { get; set; }

    /// <summary>When the last try was sent.</summary>
    public DateTimeOffset LastBegan { get; set; }

    /// <summary>When the certain answer came; null until then.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>What it was told.</summary>
    public Told Told { get; set; }

    /// <summary>Status of the last answer; 0 when none came.</summary>
    public int Status { get; set; }

    /// <summary>The last answer.</summary>
    public JsonNode? Answer { get; set; }

    /// <summary>Whether a try before the last one ended without any certain answer: then a refusal of a later try does not settle it.</summary>
    public bool Doubted { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Tries { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Path} by {Staff} ({Operation}), {Tries} tries, last {Status}: {Answer?.ToJsonString()}";
}
