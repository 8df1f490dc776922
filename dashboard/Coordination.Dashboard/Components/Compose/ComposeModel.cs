using Coordination.Dashboard.Components.Images;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Components.Repeats;
using Coordination.Dashboard.Components.Templates;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Holds;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Compose;

/// <summary>One text for many accounts: what is typed, whom it goes out as, what became of it. Nothing typed is lost on an error.</summary>
public sealed class ComposeModel(IPostDesk desk, TimeProvider clock)
{
    private readonly SortedSet<AccountKey> _chosen = [];
    private (Guid Id, string Wish)? _operation;

    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whether it goes out at a time rather than now.</summary>
    public bool Later { get; set; }

    /// <summary>Whether it goes into each account's next free queue slot.</summary>
    public bool InSlot { get; set; }

    /// <summary>Whether it goes out later, at a time or in a slot.</summary>
    public bool Planned => Later || InSlot;

    /// <summary>The time, as the field holds it.</summary>
    public string At { get; set; } = "";

    /// <summary>How late it may still go out; null for the usual.</summary>
    public TimeSpan? Tolerance { get; set; }

    /// <summary>How it comes back.</summary>
    public RepeatForm Repeat { get; } = new();

    /// <summary>What it is about, by its id.</summary>
    public string Topic { get; set; } = PostTopic.General.Id();

    /// <summary>The incident's reference, as typed.</summary>
    public string Incident { get; set; } = "";

    /// <summary>Why it may go out all the same, by the content rule that asks, as typed.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The post that it corrects; null when it corrects none.</summary>
    public PostId? Corrects { get; set; }

    /// <summary>Whether it changes that post at the platform itself, instead of going out as a post of its own.</summary>
    public bool InPlace { get; private set; }

    /// <summary>Accounts that were taken out because nothing can be changed there.</summary>
    public IReadOnlyList<AccountKey> NotInPlace { get; private set; } = [];

    /// <summary>Its images, in order.</summary>
    public List<ImageForm> Images { get; } = [];

    /// <summary>The further parts of a thread, as typed.</summary>
    public List<string> Thread { get; } = [];

    /// <summary>Other words for single platforms, by platform id, as typed.</summary>
    public Dictionary<string, string> Variants { get; } = new(StringComparer.Ordinal);

    /// <summary>Id of the hold whose agreed line it is; null for an ordinary message.</summary>
    public string? LineOf { get; set; }

    /// <summary>The template that it is begun with.</summary>
    public TemplateChoice Template { get; } = new();

    /// <summary>What belongs to it besides its text.</summary>
    public PostAbout About => AboutForm.Read(Topic, Incident, Answers) with { Corrects = Corrects, InPlace = Corrects is not null && InPlace, Images = [.. Images.Select(i => i.ToImage())], Thread = [.. Thread] };

    /// <summary>All that the public would read of it on the accounts that are chosen.</summary>
    public string Words => PostAbout.Words(
        string.Join('\n', _chosen.Select(a => Variants.GetValueOrDefault(a.Platform.Id, Text)).DefaultIfEmpty(Text).Distinct(StringComparer.Ordinal)), About);

    /// <summary>Whom it goes out as.</summary>
    public IReadOnlyCollection<AccountKey> Chosen => _chosen;

    /// <summary>What is missing; empty when nothing is.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>What went wrong with the whole of it; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>The answer of each account; null before it was sent.</summary>
    public MessageAnswer? Answer { get; private set; }

    /// <summary>Whether it is being sent.</summary>
    public bool Busy { get; private set; }

    /// <summary>All of it, as a draft keeps it.</summary>
    public DraftContent Content => new(Text, [.. _chosen], Later && UkTime.TryParse(At, out var at) ? at : null, About)
    {
        Variants = new Dictionary<string, string>(Variants, StringComparer.Ordinal),
        Line = LineOf,
        Plan = new DraftPlan(Later ? Tolerance : null, InSlot, Later ? Repeat.ToDraft(UkTime.ToWall(At)) : null),
    };

    /// <summary>An empty page.</summary>
    public void Clear() => Show(new DraftContent("", [], null, PostAbout.Nothing), _ => true);

    /// <summary>Shows a draft. Accounts that are not the writer's to publish on are left out.</summary>
    public void Show(DraftContent draft, Func<AccountKey, bool> mine)
    {
        (Text, Topic, Incident, Corrects, InPlace) = (draft.Text, draft.About.Topic.Id(), draft.About.Incident ?? "", draft.About.Corrects, draft.About.InPlace);
        NotInPlace = [];
        (Tolerance, InSlot, LineOf) = (draft.Plan.Tolerance, draft.Plan.NextSlot, draft.Line);
        Template.Clear();
        (Later, At) = draft.DueAt is { } due ? (true, UkTime.ToField(due)) : (false, "");
        Repeat.Show(draft.Plan.Repeat, UkTime.ToWall(At));
        Answers.Clear();
        foreach (var (rule, answer) in draft.About.Answers)
        {
            Answers[rule] = answer;
        }

        Images.Clear();
        Images.AddRange(draft.About.Images.Select(ImageForm.Of));
        Thread.Clear();
        Thread.AddRange(draft.About.Thread);
        Variants.Clear();
        foreach (var (platform, words) in draft.Variants)
        {
            Variants[platform] = words;
        }

        _chosen.Clear();
        _chosen.UnionWith(draft.Accounts.Where(mine));
    }

    /// <summary>Chooses whether the post that it corrects is changed itself. Where a platform has no such thing, its accounts are taken out, and come back with the other choice.</summary>
    /// <param name="inPlace">Whether it is.</param>
    /// <param name="wordsNow">What the post reads now, where nothing is written yet; null when that is not known.</param>
    public void ChangeInPlace(bool inPlace, string? wordsNow)
    {
        InPlace = inPlace;
        if (!inPlace)
        {
            _chosen.UnionWith(NotInPlace);
            NotInPlace = [];
            return;
        }

        NotInPlace = [.. _chosen.Where(a => !PostEditing.On(a.Platform))];
        _chosen.ExceptWith(NotInPlace);
        if (string.IsNullOrWhiteSpace(Text))
        {
            Text = wordsNow ?? "";
        }
    }

    /// <summary>Whether an account is chosen.</summary>
    public bool Has(AccountKey key) => _chosen.Contains(key);

    /// <summary>Chooses an account, or takes it out.</summary>
    public void Toggle(AccountKey key)
    {
        if (!_chosen.Remove(key))
        {
            _chosen.Add(key);
        }
    }

    /// <summary>Chooses these, or takes all of them out when all are chosen.</summary>
    public void ToggleAll(IReadOnlyCollection<AccountKey> keys)
    {
        if (keys.All(_chosen.Contains))
        {
            _chosen.ExceptWith(keys);
        }
        else
        {
            _chosen.UnionWith(keys);
        }
    }

    /// <summary>Whether the person may publish on the account, as far as the roles say; the account decides again.</summary>
    public static bool MayPublish(Actor actor, AccountRow row) =>
        row.Summary.Lifecycle == AccountLifecycle.Connected
        && AccountAuthority.MayPublish(row.Summary.Key, row.Summary.Labels, actor);

    /// <summary>Whether a hold would stop this person's new post on the account.</summary>
    public static bool WouldBeHeld(Actor actor, AccountRow row, IEnumerable<Hold> holds) =>
        row.Lock.IsHeld && holds.Any(h => h.RefusesNewPost(row.Summary.Key, row.Summary.Labels, actor.Id));

    /// <summary>What the button does.</summary>
    /// <param name="first">Accounts where somebody else reads it first.</param>
    /// <param name="comms">Whether that is for Comms alone.</param>
    public string ButtonFor(int first, bool comms) => _chosen.Count == 0 ? "Choose accounts first"
        : first == 0 && About.InPlace ? $"{(Planned ? "Schedule the change" : "Change it now")} on {Names.Count(_chosen.Count, "account")}"
        : first == 0 ? $"{(Planned ? "Schedule" : "Publish now")} on {Names.Count(_chosen.Count, "account")}"
        : first == _chosen.Count ? $"{(comms ? "Send to Comms" : "Send for approval")}: {Names.Count(first, "account")}"
        : $"Schedule on {_chosen.Count - first}, send {(comms ? "to Comms" : "for approval")}: {first}";

    /// <summary>Does something else with what is typed, once at a time.</summary>
    public async Task WhileBusyAsync(Func<Task> what)
    {
        if (Busy)
        {
            return;
        }

        (Busy, Answer, Problem, Missing) = (true, null, null, "");
        try
        {
            await what();
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>Sends it. The same text, accounts and time keep their operation id until they are answered, so trying again is safe.</summary>
    public async Task SendAsync(Actor actor, CancellationToken cancellationToken)
    {
        (Problem, Answer) = (null, null);
        DateTimeOffset? due = null;
        Missing = _chosen.Count == 0 ? "Choose at least one account."
            : string.IsNullOrWhiteSpace(Text) ? "Write something first."
            : Thread.FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var empty ? $"Part {empty + 2} of the thread is empty. Write it, or take it out."
            : Template.Missing(Text, [.. Variants.Values, .. Thread]) is { } open ? open
            : AboutForm.Missing(Topic, Incident) is { } missing ? missing
            : About.InPlace && (Images.Count > 0 || Thread.Count > 0) ? "A change in place changes the words alone. Take out the images and further parts; the images of the post stay as they are."
            : ImageRules.Check(About.Images)?.Reason is { } unfit ? unfit
            : "";
        if (Missing.Length == 0 && Later)
        {
            Missing = !UkTime.TryParse(At, out var at) ? "Choose a date and a time."
                : at <= clock.GetUtcNow() ? "That time has passed. Choose a later one, or publish now."
                : "";
            due = at;
        }

        if (Missing.Length > 0 || Busy)
        {
            return;
        }

        var wish = $"{Text}\n{At}\n{Later}\n{InSlot}\n{Tolerance}\n{Topic}\n{Incident}\n{Corrects}\n{InPlace}\n{string.Join('|', Answers)}\n{string.Join('|', About.Images)}\n{string.Join('|', Variants)}\n{string.Join('|', Thread)}\n{LineOf}\n{string.Join(',', _chosen)}";
        if (_operation is not { } former || !string.Equals(former.Wish, wish, StringComparison.Ordinal))
        {
            _operation = (Guid.NewGuid(), wish);
        }

        Busy = true;
        try
        {
            Answer = await desk.SendMessageAsync(new PostWords(Text, due, Later ? Tolerance : null, About, Variants, InSlot) { LineOf = LineOf }, [.. _chosen], actor, _operation.Value.Id, cancellationToken);
            _operation = null;
            // What some accounts refused stays on screen with those accounts chosen: mend it and send it to them alone.
            _chosen.Clear();
            _chosen.UnionWith(Answer.Parts.Where(p => p.Refusal is not null).Select(p => AccountKey.Parse(p.Account)));
            if (_chosen.Count == 0)
            {
                (Text, Corrects, InPlace, NotInPlace, LineOf) = ("", null, false, [], null);
                Template.Clear();
                Answers.Clear();
                Images.Clear();
                Thread.Clear();
                Variants.Clear();
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = "The database did not answer, so it is not known whether this was taken. Your text is kept. Press the button again: what was already taken is not taken twice.";
        }
        finally
        {
            Busy = false;
        }
    }
}
