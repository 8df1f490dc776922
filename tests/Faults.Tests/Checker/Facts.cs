using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Checker;

/// <summary>A run's record, sorted for the questions that the checks ask. Labels, confirmations and named posters come from the histories, never from a permit's or a hold's word.</summary>
internal sealed class Facts
{
    private readonly ILookup<string, LabelRow> _labels;
    private readonly ILookup<Guid, EntryRow> _confirmations;
    private readonly ILookup<Guid, EntryRow> _wishes;
    private readonly Dictionary<string, Named> _named;

    public Facts(RunRecord run)
    {
        Run = run;
        _labels = run.Labels.ToLookup(l => l.Account, StringComparer.Ordinal);
        Payloads = run.Journal.Where(e => e.Payload is not null).ToDictionary(e => e, e => JsonNode.Parse(e.Payload!)!, ReferenceEqualityComparer.Instance as IEqualityComparer<EntryRow>);
        _wishes = run.Journal.Where(e => e.Event is "post-scheduled" or "post-submitted" or "post-rescheduled" or "post-approved" or "post-retried").ToLookup(e => Payloads[e]["postId"]!.GetValue<Guid>());
        _confirmations = _wishes.SelectMany(w => w).Where(e => e.Event is not "post-submitted").ToLookup(e => Payloads[e]["postId"]!.GetValue<Guid>());
        _named = run.Journal.Where(e => e.Event is "hold-placed").ToDictionary(
            e => e.Stream["hold/".Length..],
            e => new Named(
                [.. Payloads[e]["namedPosters"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []],
                run.Journal.Where(r => r.Event is "named-poster-removed" && string.Equals(r.Stream, e.Stream, StringComparison.Ordinal))
                    .ToDictionary(r => Payloads[r]["staffId"]!.GetValue<string>(), r => r.FenceSeq!.Value, StringComparer.Ordinal)),
            StringComparer.Ordinal);
        Permits = run.Permits.ToLookup(p => p.PostId);
        Posts = run.Posts.ToDictionary(p => p.Id);
        Accepted = run.Arrivals.Where(a => a.Kind is "publish" or "edit" && a.Post is not null).ToLookup(a => a.Post!.Value);
    }

    public RunRecord Run { get; }

    /// <summary>What journal entries carry.</summary>
    public IReadOnlyDictionary<EntryRow, JsonNode> Payloads { get; }

    /// <summary>Permits by post, in the fence's order.</summary>
    public ILookup<Guid, PermitRow> Permits { get; }

    /// <summary>Posts by id.</summary>
    public IReadOnlyDictionary<Guid, PostRow> Posts { get; }

    /// <summary>What the platform made new posts of, or changed one to, by our post.</summary>
    public ILookup<Guid, Arrival> Accepted { get; }

    /// <summary>The post that another one changes at the platform itself; null when it is a post of its own.</summary>
    public Guid? ChangedBy(Guid post) => _wishes[post].Select(e => Payloads[e]["about"]).FirstOrDefault(a => a?["inPlace"]?.GetValue<bool>() == true)?["corrects"]?.GetValue<Guid>();

    /// <summary>Whether a hold covered an account, by the labels it had at this place in the order.</summary>
    public bool Covered(HoldRow hold, string account, long seq) =>
        _labels[account].LastOrDefault(l => l.Seq < seq) is { } labels && hold.Scope.Covers(AccountKey.Parse(account), labels.Labels);

    /// <summary>An account's labels, each with its place in the order, in words.</summary>
    public string LabelsOf(string account) => string.Join(", ", _labels[account].Select(l => $"{l.Labels.Area}/{l.Labels.Station} from {l.Seq}"));

    /// <summary>The last confirmation of a post by a person before this place in the order; 0 when there is none.</summary>
    public long ConfirmedBefore(Guid post, long seq) =>
        _confirmations[post].Where(e => e.FenceSeq < seq).Select(e => e.FenceSeq!.Value).DefaultIfEmpty(0).Max();

    /// <summary>When a post was due as it stood at this place in the order.</summary>
    public DateTimeOffset? DueAt(Guid post, long seq) => Said(post, seq, "dueAt")?.GetValue<DateTimeOffset>();

    /// <summary>The words of a post as it stood at this place in the order.</summary>
    public string? TextAt(Guid post, long seq) => Said(post, seq, "text")?.GetValue<string>();

    /// <summary>What made this revision of a post, by counting the changes of people; null when nothing did.</summary>
    public EntryRow? MadeBy(Guid post, int revision) =>
        _wishes[post].Where(e => e.Event is not ("post-approved" or "post-retried")).OrderBy(e => e.Number).ElementAtOrDefault(revision - 1);

    /// <summary>Who wrote the words of this revision of a post: whoever last gave it others than it had. Told by the words alone, not by what the service says of their writer.</summary>
    public string? WriterOf(Guid post, int revision)
    {
        (string? Writer, string? Words) last = (null, null);
        foreach (var entry in _wishes[post].Where(e => e.Event is not ("post-approved" or "post-retried")).OrderBy(e => e.Number).Take(revision))
        {
            var words = Payloads[entry]["text"]?.GetValue<string>();
            if (last.Writer is null || (words is not null && !string.Equals(words, last.Words, StringComparison.Ordinal)))
            {
                last = (entry.ActorId, words ?? last.Words);
            }
        }

        return last.Writer;
    }

    /// <summary>Who approved this revision of a post before this place in the order; null when nobody did.</summary>
    public EntryRow? ApprovalOf(Guid post, int revision, long seq) =>
        _confirmations[post].FirstOrDefault(e => e.Event is "post-approved" && e.FenceSeq < seq && Payloads[e]["revision"]!.GetValue<int>() == revision);

    // What an approval leaves out was said when the post was submitted, or before.
    private JsonNode? Said(Guid post, long seq, string what) => _confirmations[post].Where(e => e.FenceSeq < seq).MaxBy(e => e.FenceSeq) is { } last
        ? _wishes[post].Where(e => e.Number <= last.Number && Payloads[e][what] is not null).MaxBy(e => e.Number) is { } entry ? Payloads[entry][what] : null
        : null;

    /// <summary>Whether a hold lets a permit through: its poster is named still, and confirmed after the hold; or it asks for an approval, and the permit's revision got one after the hold.</summary>
    public bool LetsThrough(HoldRow hold, PermitRow permit) => hold.Kind switch
    {
        HoldKind.CentralCoordination => IsNamed(hold, permit),
        HoldKind.ApprovalRequired => _confirmations[permit.PostId].Any(e =>
            e.Event is "post-approved" && e.FenceSeq > hold.PlacedSeq && e.FenceSeq < permit.Seq && Payloads[e]["revision"]!.GetValue<int>() == permit.Revision),
        _ => false,
    };

    private bool IsNamed(HoldRow hold, PermitRow permit) =>
        _named.TryGetValue(hold.Id, out var named)
        && named.Staff.Contains(permit.PosterId, StringComparer.Ordinal)
        && !(named.Removed.TryGetValue(permit.PosterId, out var gone) && gone < permit.Seq)
        && ConfirmedBefore(permit.PostId, permit.Seq) > hold.PlacedSeq;

    private sealed record Named(IReadOnlyList<string> Staff, IReadOnlyDictionary<string, long> Removed);
}
