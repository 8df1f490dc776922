using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Live;

/// <summary>The replica. Summaries and holds come in from anywhere; one loop makes pictures of them and says what changed.</summary>
/// <remarks>Loss, repeats and reorder of summaries are harmless: of two, the one with the greater version counts.</remarks>
public sealed partial class Board : BackgroundService, IBoardImages
{
    /// <summary>The least time between two changes that are told: a flood becomes a few of them.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    // Null stands for "the holds changed".
    private readonly Channel<IReadOnlyCollection<AccountSummary>?> _inbox = Channel.CreateUnbounded<IReadOnlyCollection<AccountSummary>?>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentQueue<TaskCompletionSource> _waiters = new();
    private readonly IHoldBoard _holds;
    private readonly TimeProvider _time;
    private readonly ILogger<Board> _logger;
    private readonly Lock _agreement = new();
    private bool _whole;
    private DateTimeOffset? _accountsAsOf;
    private volatile BoardImage _image = BoardImage.Empty;
    private volatile PostCounts _posts = new(0, 0, 0, 0);

    /// <summary>Makes an empty board; it fills once it runs.</summary>
    public Board(IHoldBoard holds, TimeProvider time, ILogger<Board> logger)
    {
        _holds = holds;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
#pragma warning disable MA0046 // As in the interface.
    public event EventHandler<BoardChange>? Changed;
#pragma warning restore MA0046

    /// <inheritdoc/>
    public BoardImage Image => _image;

    /// <inheritdoc/>
    public ImmutableDictionary<AccountKey, AccountRow> Accounts => _image.Accounts;

    /// <inheritdoc/>
    public ImmutableArray<Hold> Holds => _image.Holds;

    /// <inheritdoc/>
    public BoardCounts Counts
    {
        get
        {
            var (image, posts) = (_image, _posts);
            return new BoardCounts(image.Live, image.Held, image.Holds.Length, posts.InFlight, posts.DueToday, posts.AwaitingPerson, image.Attention, posts.AwaitingApproval);
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? AsOf
    {
        get
        {
            DateTimeOffset? accounts;
            lock (_agreement)
            {
                accounts = _accountsAsOf;
            }

            var holds = _holds.AsOf;
            return accounts is null || holds is null ? null : accounts < holds ? accounts : holds;
        }
    }

    /// <inheritdoc/>
    public Task CaughtUpAsync()
    {
        // First the waiter, then the knock: the loop that reads the knock has seen the waiter.
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Enqueue(waiter);
        _inbox.Writer.TryWrite(null);
        return waiter.Task;
    }

    /// <summary>Takes summaries, newer or not. Answers at once.</summary>
    public void Offer(IReadOnlyCollection<AccountSummary> summaries) => _inbox.Writer.TryWrite(summaries);

    /// <summary>Takes the counts over all posts.</summary>
    public void Offer(PostCounts counts)
    {
        if (_posts != counts)
        {
            _posts = counts;
            Tell(new BoardChange([], HoldsChanged: false) { Revision = _image.Revision });
        }
    }

    /// <summary>Says that all accounts were compared with the database, and that the comparison began at this time.</summary>
    public void MarkWhole(DateTimeOffset at)
    {
        lock (_agreement)
        {
            _whole = true;
            _accountsAsOf = Later(_accountsAsOf, at);
        }
    }

    /// <summary>Says that the live feed is there; while it is, and nothing was missed, the board stays whole.</summary>
    public void MarkFed(DateTimeOffset at)
    {
        lock (_agreement)
        {
            _accountsAsOf = _whole ? Later(_accountsAsOf, at) : _accountsAsOf;
        }
    }

    /// <summary>Says that the live feed broke off: changes may have been missed until the next comparison.</summary>
    public void MarkUnfed()
    {
        lock (_agreement)
        {
            _whole = false;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _holds.Changed -= OnHoldsChanged;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _holds.Changed += OnHoldsChanged;
        OnHoldsChanged(this, EventArgs.Empty);
        while (await _inbox.Reader.WaitToReadAsync(stoppingToken))
        {
            Apply();
            await Task.Delay(Pace, _time, stoppingToken);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    private void OnHoldsChanged(object? sender, EventArgs e) => _inbox.Writer.TryWrite(null);

    private void Apply()
    {
        var waiting = new List<TaskCompletionSource>();
        while (_waiters.TryDequeue(out var waiter))
        {
            waiting.Add(waiter);
        }

        var latest = new Dictionary<AccountKey, AccountSummary>();
        var holdsChanged = false;
        while (_inbox.Reader.TryRead(out var batch))
        {
            holdsChanged |= batch is null;
            foreach (var summary in batch ?? [])
            {
                if (!latest.TryGetValue(summary.Key, out var known) || known.Version < summary.Version)
                {
                    latest[summary.Key] = summary;
                }
            }
        }

        var (image, change) = _image.Next(latest.Values, holdsChanged ? _holds.Standing : null);
        if (change is not null)
        {
            _image = image;
            Tell(change);
        }

        waiting.ForEach(w => w.TrySetResult());
    }

    // One listener that throws must not keep the news from the others.
    private void Tell(BoardChange change)
    {
        foreach (var listener in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((EventHandler<BoardChange>)listener)(this, change);
            }
            catch (Exception e)
            {
                LogListenerFailed(e);
            }
        }
    }
}
