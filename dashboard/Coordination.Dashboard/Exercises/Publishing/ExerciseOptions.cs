namespace Coordination.Dashboard.Exercises.Publishing;

/// <summary>Options of the exercise network, section <c>Exercises</c>.</summary>
public sealed class ExerciseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exercises";

    /// <summary>The shortest key.</summary>
    public const int ShortestKey = 16;

    /// <summary>The address of the sandbox whose exercise network is used. Default: none, and then the lines of exercises cannot go out.</summary>
    public Uri? Sandbox { get; set; }

    /// <summary>The exercise network's key. It opens nothing else. Default: none.</summary>
    public string? Key { get; set; }

    /// <summary>How long one call may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is such a network.</summary>
    public bool IsOn => Sandbox is not null;
}
