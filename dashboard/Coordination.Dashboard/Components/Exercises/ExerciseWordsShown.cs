using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Storage.Exercises;

namespace Coordination.Dashboard.Components.Exercises;

/// <summary>What people read of an exercise's line.</summary>
public static class ExerciseWordsShown
{
    /// <summary>How far it is: <c>4 of 6 out, 2 on their way</c>.</summary>
    public static string Sum(ExerciseLine line)
    {
        string[] rest =
        [
            .. Part(line.Count(StandInState.Queued), "on their way"),
            .. Part(line.Count(StandInState.Failed), "given up"),
            .. Part(line.Count(StandInState.Stopped), "not sent, because the drill was ended"),
        ];
        return string.Join(", ", [string.Create(CultureInfo.InvariantCulture, $"{line.Count(StandInState.Out)} of {line.StandIns.Count} out"), .. rest]);
    }

    /// <summary>How a stand-in's state looks.</summary>
    public static Look Look(StandInState state) => state switch
    {
        StandInState.Out => new Look("Out", "ok", "exercise"),
        StandInState.Failed => new Look("Given up", "warn", "attention"),
        StandInState.Stopped => new Look("Not sent", "dash", "open"),
        _ => new Look("On its way", "clock", "open"),
    };

    private static string[] Part(int count, string words) => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {words}")];
}
