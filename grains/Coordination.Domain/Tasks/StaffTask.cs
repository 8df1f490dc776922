using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Tasks;

/// <summary>Something that a person does on a platform itself. It stays open until a person confirms that it is done.</summary>
public sealed record StaffTask
{
    /// <summary>What sort of thing.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The account.</summary>
    public required AccountKey Account { get; init; }

    /// <summary>What to do, in words.</summary>
    public required string What { get; init; }

    /// <summary>Where; null when it needs none.</summary>
    public string? Link { get; init; }

    /// <summary>The post that it is about; null for none.</summary>
    public PostId? Post { get; init; }

    /// <summary>Staff id of who asked; the service itself for what a platform could not do.</summary>
    public required string AskedBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it should be done (UTC); null for no time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether it waits for somebody.</summary>
    public required bool Open { get; init; }

    /// <summary>Staff id of who confirmed it; null while it is open.</summary>
    public string? DoneBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? DoneByName { get; init; }

    /// <summary>When it was confirmed (UTC).</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What they say of it.</summary>
    public string? Note { get; init; }
}

/// <summary>A task as somebody asks for it: nothing is checked yet.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="What">What to do.</param>
/// <param name="Link">Where; null or empty for none.</param>
/// <param name="DueAt">When it should be done (UTC); null for no time.</param>
public sealed record TaskWish(TaskKind Kind, string? What, string? Link, DateTimeOffset? DueAt);
