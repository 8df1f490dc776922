using Coordination.Dashboard.Feeds;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Coordination.Dashboard.Api;

/// <summary>Adds and maps the HTTP API.</summary>
public static class ApiSetup
{
    /// <summary>Adds JSON, problem details, limits and the OpenAPI document.</summary>
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(Limit);
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddRequestTimeouts();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<ApiDocument>());
        return builder;
    }

    /// <summary>Makes every error on the API's paths problem details. Comes before authentication.</summary>
    public static void UseApiProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseWhen(context => ApiPaths.Contain(context.Request.Path), api => api.UseStatusCodePages(StatusPage.WriteAsync));
    }

    /// <summary>Maps every route of the API, health and the OpenAPI document.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        api.WithRequestTimeout(new RequestTimeoutPolicy
        {
            Timeout = ApiLimits.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        api.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapAccounts();
        api.MapRegister();
        api.MapManage();
        api.MapPosts();
        api.MapPostLife();
        api.MapPostFigures();
        api.MapEvidence();
        api.MapTasks();
        api.MapRota();
        api.MapRequests();
        api.MapStaff();
        api.MapDeputies();
        api.MapContacts();
        api.MapContent();
        api.MapMessages();
        api.MapMedia();
        api.MapSignIns();
        api.MapStoredSignIns();
        api.MapRates();
        api.MapSlots();
        api.MapHolds();
        api.MapScopes();
        api.MapHoldLifts();
        api.MapOffSystem();
        api.MapNotices();
        api.MapLines();
        api.MapProofs();
        api.MapHandBack();
        api.MapApprovals();
        api.MapDrafts();
        api.MapTemplates();
        api.MapRepeats();
        api.MapCalendarFeed();
        api.MapRules();
        api.MapClashes();
        api.MapIncidents();
        api.MapIncidentMessages();
        api.MapAlertFeeds();
        api.MapIncidentReports();
        api.MapTakeovers();
        api.MapExercises();
        api.MapRuleBook();
        api.MapRuleTrials();
        api.MapReplays();
        api.MapVerify();
        api.MapJournal();
        api.MapPermissions();
        api.MapClients();
        api.MapExports();
        api.MapRedactions();
        api.MapRetention();
        routes.MapHealth();
        routes.MapOpenApi().AllowAnonymous();
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ApiLimits.BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
