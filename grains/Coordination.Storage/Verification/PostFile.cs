using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Storage.Verification;

/// <summary>One post as the journal has it: its fold, who confirmed it for when, its permits and what became of them.</summary>
internal sealed class PostFile(AccountFile account, PostId id)
{
    private readonly List<Confirmation> _confirmations = [];
    private readonly List<Approval> _approvals = [];
    private readonly List<PermitEntry> _permits = [];
    private readonly List<OutcomeEntry> _outcomes = [];
    private readonly HashSet<string> _stoppedBy = new(StringComparer.Ordinal);

    public AccountFile Account => account;

    public PostId Id => id;

    /// <summary>The post as its last entry left it; null when the journal never scheduled it, or its content is gone.</summary>
    public Post? Post { get; private set; }

    /// <summary>Each time a person confirmed it, in order.</summary>
    public IReadOnlyList<Confirmation> Confirmations => _confirmations;

    /// <summary>The permits that its account's journal has for it, in order.</summary>
    public IReadOnlyList<PermitEntry> Permits => _permits;

    /// <summary>What became of its calls, in order.</summary>
    public IReadOnlyList<OutcomeEntry> Outcomes => _outcomes;

    /// <summary>The holds that ever stopped it.</summary>
    public IReadOnlyCollection<string> StoppedBy => _stoppedBy;

    public void Take(PermitEntry permit) => _permits.Add(permit);

    /// <summary>Takes an event after the fold.</summary>
    public void Take(PostEvent change, Post? after, long number, long? sequence)
    {
        Post = after;
        switch (change)
        {
            case PostScheduled e:
                _confirmations.Add(new Confirmation(sequence ?? 0, e.PosterId, e.DueAt));
                break;
            case PostRescheduled e:
                _confirmations.Add(new Confirmation(sequence ?? 0, e.PosterId, e.DueAt));
                break;
            case PostRetried e:
                _confirmations.Add(new Confirmation(sequence ?? 0, e.PosterId, e.DueAt));
                break;
            case PostApproved e:
                _confirmations.Add(new Confirmation(sequence ?? 0, after?.PosterId ?? "", after?.DueAt ?? default));
                _approvals.Add(new Approval(sequence ?? 0, e.Revision));
                break;
            case PostSubmitted:
                // Nobody has confirmed it yet: its approval does.
                break;
            case PostHeld e:
                _stoppedBy.UnionWith(e.HoldIds);
                break;
            case PostPublished:
                // Of a thread, each part was said for itself.
                _outcomes.Add(new OutcomeEntry(number, after?.Parts > 1 ? OutcomeKind.Whole : OutcomeKind.Sent));
                break;
            case PostPartPublished e:
                _outcomes.Add(new OutcomeEntry(number, OutcomeKind.Sent, e.Part));
                break;
            case PostUnknown:
                _outcomes.Add(new OutcomeEntry(number, OutcomeKind.Unknown));
                break;
            case PostNotSent or PostRejected:
                _outcomes.Add(new OutcomeEntry(number, OutcomeKind.NotSent));
                break;
            case PostFailed:
                _outcomes.Add(new OutcomeEntry(number, OutcomeKind.Failed));
                break;
            default:
                break;
        }
    }

    /// <summary>The confirmation that a permit of this sequence number stands on; null when nobody had confirmed the post.</summary>
    public Confirmation? ConfirmedBefore(long sequence) => _confirmations.LastOrDefault(c => c.Sequence < sequence);

    /// <summary>The number of the last approval of a revision before a sequence number; null when there is none.</summary>
    public long? ApprovedBefore(long sequence, int revision) => _approvals.LastOrDefault(a => a.Sequence < sequence && a.Revision == revision)?.Sequence;

    /// <summary>The number of the approval that the post has now; null when it has none.</summary>
    public long? ApprovedSequence => Post?.Approval is null ? null : _approvals[^1].Sequence;
}

/// <summary>A person confirmed a post.</summary>
internal sealed record Confirmation(long Sequence, string Poster, DateTimeOffset DueAt);

/// <summary>Comms approved a revision.</summary>
internal sealed record Approval(long Sequence, int Revision);

/// <summary>A permit as the journal has it.</summary>
internal sealed record PermitEntry(long Number, long Sequence, PermitPayload What);

/// <summary>What became of a call, as the journal has it.</summary>
internal sealed record OutcomeEntry(long Number, OutcomeKind Kind, int Part = 0);

/// <summary>What an entry says of a call.</summary>
internal enum OutcomeKind
{
    /// <summary>It went out.</summary>
    Sent,

    /// <summary>All parts of a thread went out.</summary>
    Whole,

    /// <summary>It is certain that it did not.</summary>
    NotSent,

    /// <summary>It did not; or nothing was tried at all, so that there need not be a permit.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unknown,
}
