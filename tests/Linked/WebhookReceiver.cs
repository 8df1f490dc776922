#pragma warning disable IDE0005 // One of the projects that this file is part of has some of these everywhere.
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
#pragma warning restore IDE0005

namespace Coordination.Testing;

/// <summary>A request as it came in.</summary>
internal sealed record Received(string Path, string Id, string Timestamp, string Signatures, string ContentType, byte[] Body)
{
    /// <summary>The body, read.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The hold that it is about.</summary>
    public string Hold => Json["hold"]!["id"]!.GetValue<string>();

    /// <summary>What happened to it.</summary>
    public string Event => Json["event"]!.GetValue<string>();

    /// <summary>Whether one of the signatures was made with a secret: computed here, of the bytes that came, by the words of the standard and not by the product's code.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.").Concat(Body).ToArray();
        return Signatures.Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed)), StringComparer.Ordinal);
    }

    /// <summary>When it says that it was sent.</summary>
    public DateTimeOffset SentAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, CultureInfo.InvariantCulture));
}

/// <summary>A real HTTP server that webhooks are sent to: keeps what comes, and answers as it is told, by path.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private WebhookReceiver(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(TakeAsync);
        Port = port;
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>What each path answers; 204 where nothing is told.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Received, Task>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything that came, in order.</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>Starts one.</summary>
    public static async Task<WebhookReceiver> StartAsync(int? port = null)
    {
        var receiver = new WebhookReceiver(port ?? FreePort.Next());
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The address of a path.</summary>
    public Uri At(string path) => new($"http://127.0.0.1:{Port}{path}");

    /// <summary>What came to a path about a hold, in order.</summary>
    public IReadOnlyList<Received> Of(string path, string hold) => [.. _received.Where(r => r.Path == path && r.Hold == hold)];

    /// <summary>Answers with a status.</summary>
    public static Func<HttpContext, Received, Task> Status(int status, string? retryAfter = null) => (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        // Requests that are still open are cut off.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var received = new Received(
            context.Request.Path.Value!, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
            context.Request.ContentType ?? "", body.ToArray());
        _received.Enqueue(received);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (Answers.TryGetValue(received.Path, out var answer))
        {
            await answer(context, received);
        }
    }
}
