using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Calendar;

/// <summary>The posts of the days on screen, and what is being moved.</summary>
public sealed class CalendarModel(IPostReader posts, IPostDesk desk)
{
    private readonly Dictionary<string, Guid> _operations = new(StringComparer.Ordinal);
    private Dictionary<DateOnly, CalendarDay> _days = [];

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed; what is shown is older then.</summary>
    public bool Problem { get; private set; }

    /// <summary>What the last move came to, in words; null when nothing was moved.</summary>
    public string? Said { get; private set; }

    /// <summary>Whether the last move was not carried out.</summary>
    public bool Refused { get; private set; }

    /// <summary>What was moved last, as it stood before: to put it back. Null when nothing can be.</summary>
    public PostRow? Undo { get; private set; }

    /// <summary>Whether something is being moved.</summary>
    public bool Busy { get; private set; }

    /// <summary>All posts of the days on screen, also those that are not shown.</summary>
    public int Total => _days.Values.Sum(d => d.Total);

    /// <summary>A day's posts; null when it has none.</summary>
    public CalendarDay? On(DateOnly day) => _days.GetValueOrDefault(day);

    /// <summary>A post that is on screen.</summary>
    public PostRow? Find(Guid id) => _days.Values.SelectMany(d => d.First).FirstOrDefault(p => p.Id == id);

    /// <summary>Whether a post may be given another time.</summary>
    public static bool MayMove(PostRow post) => post.State is "scheduled" or "submitted" or "returned";

    /// <summary>Reads the days.</summary>
    public async Task LoadAsync(CalendarRange range, IReadOnlyList<Scope> scopes, IReadOnlyList<Scope>? anyOf, int perDay, CancellationToken cancellationToken)
    {
        try
        {
            _days = (await posts.CalendarAsync(scopes, anyOf, range.From, range.Until, perDay, cancellationToken)).ToDictionary(d => d.Day);
            (Read, Problem) = (true, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone, or looks at other days.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Moves a post to another day, at the same time on the wall.</summary>
    public Task MoveToDayAsync(PostRow post, DateOnly day, Actor actor, CancellationToken cancellationToken)
    {
        if (CalendarRange.DayOf(post.DueAt) == day)
        {
            return Task.CompletedTask;
        }

        if (CalendarRange.OnDay(post.DueAt, day) is { } at)
        {
            return MoveAsync(post, at, actor, cancellationToken);
        }

        Say($"{UkTime.Local(post.DueAt).ToString("HH:mm", CultureInfo.InvariantCulture)} is not on the clocks on {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: they go forward that night. Nothing was moved. Open the post and choose another time.", refused: true);
        return Task.CompletedTask;
    }

    /// <summary>Moves a post to another time.</summary>
    public async Task MoveAsync(PostRow post, DateTimeOffset at, Actor actor, CancellationToken cancellationToken)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;

        // The same wish keeps its operation id until it is answered: repeating it is safe.
        var wish = $"{post.Id}/{post.Revision}/{at:O}";
        var operation = _operations.TryGetValue(wish, out var former) ? former : _operations[wish] = Guid.NewGuid();
        try
        {
            var answer = await desk.RescheduleAsync(new PostId(post.Id), at, actor, operation, cancellationToken);
            _operations.Remove(wish);
            Undo = answer.Refusal is null ? answer.Post is null ? null : post with { Revision = answer.Post.Revision } : null;
            Say(
                answer.Refusal?.Reason ?? $"{post.Account}: moved to {UkTime.Local(at).ToString("ddd d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)} {UkTime.ZoneName(at)}.{(answer.Post?.State == "submitted" ? " It waits for an approval." : "")}",
                answer.Refusal is not null);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Say($"{post.Account}: the database did not answer, so it is not known whether it was moved. Move it again: it cannot count twice.", refused: true);
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>Puts back what was moved last.</summary>
    public async Task UndoAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Undo is { } former)
        {
            await MoveAsync(former, former.DueAt, actor, cancellationToken);
            Undo = null;
        }
    }

    private void Say(string words, bool refused) => (Said, Refused) = (words, refused);
}
