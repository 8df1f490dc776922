using Coordination.Dashboard.Exercises.Publishing;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Exercises;

/// <summary>Adds the lines of exercises and the network that they go out on.</summary>
public static class ExercisesSetup
{
    /// <summary>Adds them: section <c>Exercises</c> says which sandbox.</summary>
    public static IHostApplicationBuilder AddExercises(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ExerciseOptions>().BindConfiguration(ExerciseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExerciseOptions>, ExerciseOptionsValidator>();
        services.AddSingleton<ExerciseNetwork>();
        services.AddSingleton<ExercisePublisher>();
        services.AddHostedService(provider => provider.GetRequiredService<ExercisePublisher>());
        services.AddSingleton<ExerciseScreen>();
        services.AddHostedService(provider => provider.GetRequiredService<ExerciseScreen>());
        services.AddSingleton<ExerciseDesk>();
        services.AddSingleton<DrillReports>();
        return builder;
    }
}
