using Coordination.Sandbox;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Control;
using Coordination.Sandbox.Exercise;
using Coordination.Sandbox.Network;
using Coordination.Sandbox.Pages;
using Coordination.Sandbox.Threads;
using Coordination.Sandbox.X;

if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.WriteLine(SandboxArguments.Help);
    return 0;
}

if (!SandboxArguments.TryParse(args, Environment.GetEnvironmentVariable(SandboxArguments.AdminKeyVariable), Environment.GetEnvironmentVariable(SandboxArguments.ExerciseKeyVariable), out var options, out var fault))
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

SandboxNetwork network;
ExerciseNetwork? exercise;
try
{
    network = SandboxNetwork.Open(options, TimeProvider.System);
    RegistrationFile.Load(options.AccountsFile, network);
    exercise = options.ExerciseKey is { } key ? ExerciseNetwork.Open(options.DataFolder, key, TimeProvider.System) : null;
}
catch (SandboxStartException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await using (network)
await using (exercise)
{
    await using var app = SandboxHost.Build(options, network, exercise);
    app.UseArrivalTime();
    app.UseSecurityHeaders();
    app.UsePieces();
    app.UseTokens();
    app.UseStandIns();
    app.UseFaults();
    app.UseRateLimit();
    app.MapInstance();
    app.MapAccounts();
    app.MapMedia();
    app.MapStatuses();
    app.MapToken();
    app.MapX();
    app.MapXMedia();
    app.MapThreads();
    app.MapPages();
    app.MapExercise();
    app.MapControl();
    await app.RunUntilStoppedAsync(options);
}

return 0;
