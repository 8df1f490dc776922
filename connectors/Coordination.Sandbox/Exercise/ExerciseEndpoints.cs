using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Exercise;

/// <summary>The exercise network's addresses. Without an exercise key there are none.</summary>
internal static class ExerciseEndpoints
{
    private const int PageLength = 30;
    private const int Longest = 63206;
    private static readonly object StandInItem = new();
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Finds the stand-in of the bearer token, if there is one.</summary>
    public static void UseStandIns(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/exercise/api", StringComparison.Ordinal)
            && context.RequestServices.GetService<ExerciseNetwork>() is { } network && Caller.Bearer(context.Request) is { } token)
        {
            context.Items[StandInItem] = network.ByToken(token);
        }

        return next(context);
    });

    /// <summary>The stand-in that asks; null without its token.</summary>
    public static StandIn? StandIn(this HttpContext context) => context.Items[StandInItem] as StandIn;

    public static void MapExercise(this WebApplication app)
    {
        if (app.Services.GetService<ExerciseNetwork>() is not { } network)
        {
            return;
        }

        app.MapGet("/exercise/api/identity", (string? nonce) => nonce is { Length: >= 16 and <= 128 } && nonce.All(char.IsAsciiHexDigit)
            ? Results.Json(new { network = ExerciseNetwork.Name, version = 1, proof = network.Prove(nonce) }, Json)
            : Answers.Unprocessable("Ask with a nonce of 16 to 128 hexadecimal digits."));
        app.MapPost("/exercise/api/stand-ins", (HttpRequest request) => AdmitAsync(request, network));
        app.MapPost("/exercise/api/lines", (Delegate)((HttpContext context) => PublishAsync(context, network)));
        app.MapGet("/exercise/api/lines", (HttpRequest request) => network.IsKey(Caller.Bearer(request))
            ? Results.Json(network.Page(null, int.MaxValue).Select(l => new { l.Line.Number, l.Line.Username, l.Line.Text, l.Line.Key, l.Line.At }), Json)
            : Answers.Unauthorized);
        app.MapGet("/exercise", (long? before) => Page(ExercisePages.Everything(network.Page(before, PageLength + 1), PageLength)));
        app.MapGet("/exercise/lines/{number:long}", (long number) => network.Find(number) is { } line
            ? Page(ExercisePages.One(line.Line, line.By))
            : Page(ExercisePages.NotHere(), StatusCodes.Status404NotFound));
        app.MapGet("/exercise.css", () => Results.Text(ExercisePages.Css, "text/css"));
    }

    private static async Task<IResult> AdmitAsync(HttpRequest request, ExerciseNetwork network)
    {
        if (!network.IsKey(Caller.Bearer(request)))
        {
            return Answers.Unauthorized;
        }

        if (await ReadAsync<Admission>(request) is not { } wish)
        {
            return Answers.Unprocessable("Write {\"username\": \"exercise_...\", \"displayName\": \"...\", \"platform\": \"...\"}.");
        }

        var (token, fault, durable) = network.Admit(wish);
        await durable;
        return token is null ? Answers.Unprocessable(fault!) : Results.Json(new { wish.Username, token }, Json);
    }

    private static async Task<IResult> PublishAsync(HttpContext context, ExerciseNetwork network)
    {
        if (context.StandIn() is not { } standIn)
        {
            return Answers.Unauthorized;
        }

        var key = context.Request.Headers["Idempotency-Key"];
        if (key is not [{ Length: >= 16 and <= 100 } given])
        {
            return Answers.Unprocessable("A line needs one Idempotency-Key of 16 to 100 characters.");
        }

        if (await ReadAsync<NewLine>(context.Request) is not { Text: { } text } || TextRules.Count(text) > Longest)
        {
            return Answers.Unprocessable($"Write {{\"text\": \"{ExerciseNetwork.Mark}...\"}}.");
        }

        if (network.Publish(standIn, text, given) is not { } published)
        {
            return Answers.Unprocessable($"Nothing goes out here that does not begin with '{ExerciseNetwork.Mark}' and say something after it.");
        }

        await published.Durable;
        var line = published.Line;
        var url = string.Create(CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}/exercise/lines/{line.Number}");
        return Results.Json(new { id = line.Number, url, line.At, published.Repeated }, Json);
    }

    private static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            // Read as strict UTF-8: half a character would otherwise be kept as a question mark.
            using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return JsonSerializer.Deserialize<T>(await reader.ReadToEndAsync(), Json);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Text(html, MediaTypeNames.Text.Html, Encoding.UTF8, status);
}
