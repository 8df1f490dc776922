using System.Security.Claims;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>A component that follows the board: renders again after changes, at most ten times a second, and knows who is looking.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Coalescer? _coalescer;
    private ITimer? _beat;
    private ClaimsPrincipal? _who;
    private Actor? _me;

    /// <summary>Makes one.</summary>
    protected LiveComponent() => Gone = _gone.Token;

    /// <summary>This host's replica.</summary>
    [Inject]
    protected IBoard Live { get; set; } = null!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Who is looking, as they may act at this moment; null before it is known.</summary>
    /// <remarks>A page that stays open outlasts the time for which a sign-in is fresh: it is asked for anew whenever this is.</remarks>
    protected Actor? Me => _me is { Stale: false } && _who!.IsStale(Now) ? _me = _me with { Stale = true } : _me;

    /// <summary>Cancelled when the component is gone.</summary>
    /// <remarks>Taken once: the source's own property throws after the end.</remarks>
    protected CancellationToken Gone { get; }

    /// <summary>Now (UTC).</summary>
    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>How often the component looks at the clock by itself; null for never.</summary>
    protected virtual TimeSpan? Beat => null;

    /// <summary>The least time between two renders for the board's sake.</summary>
    protected virtual TimeSpan Rest => TimeSpan.FromMilliseconds(100);

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // Who is looking is known before anything is rendered, and again whenever the sign-in changes.
        parameters.SetParameterProperties(this);
        if (Authentication is not null)
        {
            _who = (await Authentication).User;
            _me = _who.TryGetActor(out var actor) ? actor : null;
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Whether the person has the permission, if need be once they have confirmed that it is them: what they may does not vanish from a page that is open.</summary>
    protected bool May(Permission permission) => Me?.MayOnceFresh(permission) ?? false;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Only where there is a connection: a page rendered once for its first sight follows nothing.
        if (firstRender)
        {
            _coalescer = new Coalescer(Clock, Rest, () => Tell(OnBoardAsync));
            Live.Changed += OnChanged;
            if (Beat is { } beat)
            {
                _beat = Clock.CreateTimer(_ => Tell(OnBeatAsync), null, beat, beat);
            }

            _coalescer.Signal();
        }
    }

    /// <summary>Called after the board changed, before the render that shows it.</summary>
    protected virtual Task OnBoardAsync() => Task.CompletedTask;

    /// <summary>Called at each beat, before its render.</summary>
    protected virtual Task OnBeatAsync() => Task.CompletedTask;

    /// <summary>Asks for a render as if the board had changed.</summary>
    protected void Signal() => _coalescer?.Signal();

    /// <summary>Ends what the component follows.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Live.Changed -= OnChanged;
            _coalescer?.Dispose();
            _beat?.Dispose();
            if (!_gone.IsCancellationRequested)
            {
                _gone.Cancel();
                _gone.Dispose();
            }
        }
    }

    private void OnChanged(object? sender, BoardChange e) => _coalescer?.Signal();

    private void Tell(Func<Task> what)
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _ = InvokeAsync(async () =>
        {
            if (!_gone.IsCancellationRequested)
            {
                await what();
                StateHasChanged();
            }
        });
    }
}
