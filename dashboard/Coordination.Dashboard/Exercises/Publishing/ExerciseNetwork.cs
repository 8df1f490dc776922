using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Domain.Exercises;
using Coordination.Domain.Platforms;
using Coordination.Storage.Exercises;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Exercises.Publishing;

/// <summary>The exercise network, as it is spoken to: one address, one key, which is good for nothing else. It knows no account, no sign-in of one and no permit.</summary>
/// <remarks>Nothing is sent before the server has proved that it is the sandbox: it answers a number used once with what only the key's owner can make of it. A redirect is not followed.</remarks>
public sealed partial class ExerciseNetwork : IDisposable
{
    private const string Name = "wmfs-exercise-sandbox";
    private const int Longest = 64 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient? _http;
    private readonly string _key;
    private readonly ILogger _logger;

    /// <summary>Makes it, and connects to nothing yet.</summary>
    public ExerciseNetwork(IOptions<ExerciseOptions> options, ILogger<ExerciseNetwork> logger)
    {
        (_key, _logger) = (options.Value.Key ?? "", logger);
        if (options.Value.Sandbox is not { } address)
        {
            return;
        }

        Address = address;
#pragma warning disable CA2000 // The client has it from here on.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
#pragma warning restore CA2000
        _http = new HttpClient(handler, disposeHandler: true) { BaseAddress = address, Timeout = options.Value.Timeout, MaxResponseContentBufferSize = Longest };
    }

    /// <summary>Where it is; null when there is none.</summary>
    public Uri? Address { get; }

    /// <summary>Asks the server to prove that it is the sandbox.</summary>
    /// <returns>Null when it has, else why not, for people.</returns>
    public async Task<string?> ProveAsync(CancellationToken cancellationToken)
    {
        if (_http is null)
        {
            return "No exercise network is set.";
        }

        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        try
        {
            using var answer = await _http.GetAsync(At($"exercise/api/identity?nonce={nonce}"), cancellationToken);
            var said = answer.IsSuccessStatusCode ? await ReadAsync<Identity>(answer, cancellationToken) : null;
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key), Encoding.UTF8.GetBytes($"{Name}/{nonce}"));
            if (said is { Network: Name, Proof: { } proof } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(expected))))
            {
                return null;
            }

            LogNotProved(Address!.Authority, (int)answer.StatusCode);
            return $"The server at {Address!.Authority} does not prove that it is the exercise sandbox, so nothing is sent to it. Its exercise key may be another one, or it is another server.";
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return $"The exercise sandbox at {Address!.Authority} does not answer.";
        }
    }

    /// <summary>Has a stand-in say what it is to say. The same key is one line on the network, however often it is sent.</summary>
    /// <param name="standIn">The stand-in.</param>
    /// <param name="wait">In how long it is tried again when it has to be; null when it is not.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<StandInResult> PublishAsync(DueStandIn standIn, TimeSpan? wait, CancellationToken cancellationToken)
    {
        if (_http is null || !ExerciseMark.IsOn(standIn.Words))
        {
            return new StandInResult.Failed("It is not marked as an exercise, or there is no exercise network. It was not sent.");
        }

        try
        {
            var username = "exercise_" + standIn.Account.Replace('/', '_');
            using var admission = Post("exercise/api/stand-ins", _key, new { username, displayName = standIn.Name, platform = Platform.TryFind(standIn.Account.Split('/')[0], out var platform) ? platform.Name : standIn.Account });
            using var admitted = await _http.SendAsync(admission, cancellationToken);
            if (!admitted.IsSuccessStatusCode || await ReadAsync<Admitted>(admitted, cancellationToken) is not { Token: { Length: > 0 } token })
            {
                return Refused(admitted.StatusCode, wait);
            }

            using var line = Post("exercise/api/lines", token, new { text = standIn.Words });
            line.Headers.Add("Idempotency-Key", standIn.Key.ToString("N"));
            using var answer = await _http.SendAsync(line, cancellationToken);
            return answer.IsSuccessStatusCode && await ReadAsync<Published>(answer, cancellationToken) is { Url: { } url } && url.IsAbsoluteUri && string.Equals(url.Authority, Address!.Authority, StringComparison.OrdinalIgnoreCase)
                ? new StandInResult.Out(url.AbsoluteUri)
                : Refused(answer.StatusCode, wait);
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            return Again("The exercise sandbox did not answer.", wait);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http?.Dispose();

    private static StandInResult Refused(HttpStatusCode status, TimeSpan? wait) => (int)status is 401 or 422 or 413
        ? new StandInResult.Failed($"The exercise sandbox refused it ({(int)status}).")
        : Again($"The exercise sandbox did not take it ({(int)status}).", wait);

    private static StandInResult Again(string why, TimeSpan? wait) => wait is { } time ? new StandInResult.Later(why, time) : new StandInResult.Failed(why);

    private static bool IsAway(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static HttpRequestMessage Post(string path, string bearer, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, At(path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return request;
    }

    // Always under the address of the sandbox: nothing that came from elsewhere is part of it.
    private static Uri At(string path) => new(path, UriKind.Relative);

    // What is no JSON counts as no answer: the call is made again, under the same key.
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The server at {Authority} does not prove that it is the exercise sandbox (it answered {Status}); nothing of an exercise is sent to it.")]
    private partial void LogNotProved(string authority, int status);

    private sealed record Identity(string? Network, string? Proof);

    private sealed record Admitted(string? Token);

    private sealed record Published(Uri? Url);
}
