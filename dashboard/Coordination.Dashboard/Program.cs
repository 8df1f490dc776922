using Coordination.Dashboard.Api;
using Coordination.Dashboard.Configuration;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Hubs;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.AddSignIn();
    builder.AddStorageAndCluster();
    builder.AddBoard();
    builder.AddDesks();
    builder.AddIncidents();
    builder.AddApi();
    builder.AddHub();

    var app = builder.Build();
    app.UseApiProblems();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.UseRequestTimeouts();
    app.MapSignIn();
    app.MapApi();
    app.MapHub();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFaults.Explain(e) is { } words)
{
    await Console.Error.WriteLineAsync(words);
    return 2;
}
