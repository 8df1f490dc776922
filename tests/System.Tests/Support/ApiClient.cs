using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace Coordination.SystemTests.Support;

/// <summary>An answer of the API with its body read.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    private JsonNode? _json;

    public JsonNode Json => _json ??= JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    public string? Code => Json["code"]?.GetValue<string>();

    public string Detail => Json["detail"]?.GetValue<string>() ?? "";

    /// <summary>Asserts the status, showing the body when it is another.</summary>
    public ApiAnswer Expect(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)status} was expected, {(int)Status} came: {Text}");
        return this;
    }

    /// <summary>Asserts problem details with a code, and that a person can read them.</summary>
    public ApiAnswer ExpectProblem(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, Json["status"]!.GetValue<int>());
        Assert.True(Detail.Length > 20, $"The detail says too little: {Detail}");
        return this;
    }
}

/// <summary>A client of the API, over real HTTP.</summary>
public sealed class ApiClient : IDisposable
{
    private const int LargeBody = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly HttpClient _http;
    private readonly bool _asksAgain;

    /// <summary>Makes one.</summary>
    /// <param name="address">Where the service is.</param>
    /// <param name="token">As whom; null for nobody.</param>
    /// <param name="asksAgain">Whether a command whose outcome the service does not know is sent again under its operation id, as the service asks for. Not where the test is about that.</param>
    /// <param name="cookies">The cookies of a browser that is signed in; none when null.</param>
    /// <param name="from">From which address of this machine; any when null.</param>
    public ApiClient(Uri address, string? token, bool asksAgain = false, IPAddress? from = null, string? cookies = null)
    {
        _asksAgain = asksAgain;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30), ConnectCallback = from is null ? null : (c, ct) => ConnectAsync(from, c, ct) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        if (cookies is not null)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", cookies);
        }

        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<ApiAnswer> PutAsync(string path, object body) => SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) });

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<ApiAnswer> PostAsync(string path, object? body = null, Guid? key = null) =>
        PostTextAsync(path, body is null ? null : JsonSerializer.Serialize(body), "application/json", key?.ToString("D"));

    public Task<ApiAnswer> PostTextAsync(string path, string? body, string contentType, string? key = null) =>
        PostBytesAsync(path, body is null ? null : Encoding.UTF8.GetBytes(body), contentType, key);

    public async Task<ApiAnswer> PostBytesAsync(string path, byte[]? body, string contentType, string? key = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await PostOnceAsync(path, body, contentType, key);
            if (!_asksAgain || answer.Status != HttpStatusCode.ServiceUnavailable || answer.Code is not "service-unavailable" || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return answer;
            }

            key = answer.Json.Text("operationId");
        }
    }

    private Task<ApiAnswer> PostOnceAsync(string path, byte[]? body, string contentType, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

            // The service refuses too large a body without reading it, and closes: ask before sending one, or the answer is lost.
            request.Headers.ExpectContinue = body.Length > LargeBody;
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return SendAsync(request);
    }

    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var message = await _http.SendAsync(request);
            return new ApiAnswer(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from.MapToIPv6(), 0));
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
