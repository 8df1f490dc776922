using System.Diagnostics.Metrics;

namespace Coordination.Silo.Publishing;

/// <summary>What a silo's publishing shows of itself, as metrics of the meter <c>Coordination.Publishing</c>.</summary>
internal sealed class PublishingInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Coordination.Publishing";

    private readonly Histogram<double> _lateness;
    private int _waiting;
    private double _oldest;

    /// <summary>Makes them.</summary>
    public PublishingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _lateness = meter.CreateHistogram<double>("coordination.publishing.lateness", "s", "How late a due post was begun.");
        meter.CreateObservableGauge("coordination.publishing.waiting", () => Volatile.Read(ref _waiting), "{post}", "Due posts that this silo has in hand and has not begun.");
        meter.CreateObservableGauge("coordination.publishing.oldest", () => Volatile.Read(ref _oldest), "s", "How late the oldest of them is.");
    }

    /// <summary>A post was begun.</summary>
    public void OnBegun(TimeSpan late) => _lateness.Record(Math.Max(0, late.TotalSeconds));

    /// <summary>What waits was looked at.</summary>
    public void OnWaiting(int posts, TimeSpan oldest)
    {
        Volatile.Write(ref _waiting, posts);
        Volatile.Write(ref _oldest, Math.Max(0, oldest.TotalSeconds));
    }
}
