namespace Coordination.Domain;

/// <summary>Instants as the database keeps them, so that what was answered and what is read later are the same.</summary>
public static class Instants
{
    /// <summary>Cuts an instant to whole microseconds.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
