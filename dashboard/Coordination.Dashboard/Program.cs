using Coordination.Dashboard.Api;
using Coordination.Dashboard.Components;
using Coordination.Dashboard.Composition;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Exercises;
using Coordination.Dashboard.Exports;
using Coordination.Dashboard.Feeds;
using Coordination.Dashboard.Hubs;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.Notices;
using Coordination.Dashboard.Proofs;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.Team;
using Coordination.Dashboard.Verification;
using Coordination.Silo.Hosting;

return await Startup.GuardAsync(async () =>
{
    await using var local = await Startup.StartLocalAsync(args);

    var builder = Startup.CreateBuilder(args, local);
    builder.AddTime();
    builder.AddSecurityHeaders();
    builder.AddStorage();
    builder.AddCluster();
    builder.AddSignIn();
    builder.AddBoard();
    builder.AddDesks();
    builder.AddTeam();
    builder.AddContent();
    builder.AddIncidents();
    builder.AddExercises();
    builder.AddNotices();
    builder.AddVerification();
    builder.AddProofs();
    builder.AddExports();
    builder.AddApi();
    builder.AddFeeds();
    builder.AddHub();
    builder.AddPages();

    await using var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseApiProblems();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.UseRequestTimeouts();
    app.MapSignIn();
    app.MapApi();
    app.MapFeeds();
    app.MapHub();
    app.MapPages();
    await app.RunAsync(local);
});
