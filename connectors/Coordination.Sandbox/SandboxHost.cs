using System.Text.Json;
using Coordination.Sandbox.Control;
using Coordination.Sandbox.Exercise;
using Coordination.Sandbox.Network;
using Microsoft.Extensions.Logging.Console;

namespace Coordination.Sandbox;

/// <summary>Builds and runs the web process.</summary>
internal static class SandboxHost
{
    private const int MaxBodyBytes = 1024 * 1024;

    /// <summary>JSON as Mastodon writes it.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static WebApplication Build(SandboxOptions options, SandboxNetwork network, ExerciseNetwork? exercise)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Coordination.Sandbox" });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(network);
        builder.Services.AddSingleton(network.Time);
        if (exercise is not null)
        {
            builder.Services.AddSingleton(exercise);
        }

        builder.Services.AddSingleton<MediaFolder>();
        builder.Services.AddSingleton<FaultBoard>();
        builder.Services.AddSingleton<TokenBoard>();
        builder.Services.AddSingleton<ContainerBoard>();
        builder.Services.AddSingleton(new RateLimits(options, network.Time));

        // Standard output is for the address alone: a parent process reads it.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = TimeSpan.FromSeconds(3));
        return builder.Build();
    }

    /// <summary>Starts, prints the address, and waits for the end: a signal, the parent's end, or a log that can no longer be written.</summary>
    public static async Task RunUntilStoppedAsync(this WebApplication app, SandboxOptions options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"The sandbox could not listen on {options.Urls}: {e.Message}");
            Environment.ExitCode = 1;
            return;
        }

        Console.WriteLine($"listening {app.Urls.First()}");
        await Console.Out.FlushAsync();
        var stop = app.Services.GetRequiredService<IHostApplicationLifetime>();
        _ = Task.WhenAny(app.Services.GetRequiredService<SandboxNetwork>().LogFailed, app.Services.GetService<ExerciseNetwork>()?.LogFailed ?? Task.Delay(Timeout.Infinite, stop.ApplicationStopping)).ContinueWith(
            _ => stop.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (options.ExitWithParent)
        {
            _ = Task.Run(() => WaitForParent(stop));
        }

        await app.WaitForShutdownAsync();
    }

    private static void WaitForParent(IHostApplicationLifetime stop)
    {
        while (Console.In.Read() >= 0)
        {
            // Whatever is written to us is not for us; only the end of it counts.
        }

        stop.StopApplication();
    }
}
