using Coordination.Dashboard.Api;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Hubs;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddSignIn();
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
