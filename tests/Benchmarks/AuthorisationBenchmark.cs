using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Coordination.Contracts;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Grains.Authorisation;
using Coordination.Storage.People;
using Coordination.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Coordination.Benchmarks;

/// <summary>What it costs to ask who may: in front of each grain call, in front of each request, and at a sign-in.</summary>
internal static class AuthorisationBenchmark
{
    private static readonly Actor Reader = new("rowan", "Rowan", Role.CommsManager);

    public static async Task RunAsync(string administration, bool quick)
    {
        await GrainCallsAsync(administration, quick);
        await RequestsAsync(quick);
        await SignInsAsync(administration, quick);
    }

    // The real call of a real grain, its check made again and again.
    private static async Task GrainCallsAsync(string administration, bool quick)
    {
        var calls = quick ? 2_000 : 20_000;
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 1, posts: 0);
        var probe = new Probe(quick ? 1_000_000 : 10_000_000);
        await using var silo = await BenchSilo.StartAsync(database.Storage, services => services.AddSingleton<IIncomingGrainCallFilter>(probe));
        await ModelStates.WriteAsync(database, silo.Grains);
        var grain = silo.Grains.GetGrain<IAccountGrain>(GrainKeys.Of(AccountKey.Parse(BenchDatabase.Key(0))));
        var context = new CommandContext(Reader, Guid.NewGuid());
        async Task<double> CallAsync(int times)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                await grain.Preview(context);
            }

            return Stopwatch.GetElapsedTime(began).TotalMicroseconds / times;
        }

        await CallAsync(calls / 10);
        var whole = await CallAsync(calls);
        probe.Armed = true;
        await CallAsync(1);
        var (check, empty) = (probe.Check, probe.Empty);
        Console.WriteLine("| a grain call | each |\n| --- | --- |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the whole call, in one silo | {whole:0.0} us |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| its check of the permission | {check - empty:0} ns ({(check - empty) / whole / 10:0.00} % of it) |"));
        Console.WriteLine();
    }
}
