using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>What to say of a post that is older than a major incident.</summary>
public static class WrittenBeforeWords
{
    /// <summary><c>Written before incident INC-2041 (10:02). Read it again before it goes out.</c></summary>
    public static string Of(IncidentSince since, DateTimeOffset now) =>
        $"Written before {(since.Incident is { } incident ? $"incident {incident}" : "a major incident")} ({UkTime.Day(since.At, now)}). Read it again before it goes out.";
}
