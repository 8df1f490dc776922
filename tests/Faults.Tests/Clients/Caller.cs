using System.Text;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Clients;

/// <summary>Sends wishes to either dashboard host and repeats each until its answer is certain.</summary>
internal sealed class Caller(FaultWorld world) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<(string Staff, int Dashboard), HttpClient> _clients = [];
    private readonly Lock _lock = new();

    /// <summary>Sends a wish until it is certain what became of it, or the patience is over.</summary>
    /// <param name="call">The wish.</param>
    /// <param name="dashboard">The host that is asked first; the next try goes to the other one.</param>
    /// <param name="patience">How long it is repeated.</param>
    public async Task SendAsync(Call call, int dashboard, TimeSpan patience)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        call.Began = call.Began == default ? time.GetUtcNow() : call.Began;
        do
        {
            if (call.Tries++ > 0)
            {
                call.Doubted = true;
                await Task.Delay(Pause);
            }

            await TryAsync(call, Client(call.Staff, dashboard++ % world.Dashboards.Count));
        }
        while (call.Told == Told.Nothing && time.GetElapsedTime(began) < patience);
    }

    /// <summary>Sets who reads what first, if the host answers and nobody was quicker: whether it took shows in the record.</summary>
    public async Task SetRulesAsync(string staff, int dashboard, JsonArray approvals)
    {
        var client = Client(staff, dashboard % world.Dashboards.Count);
        try
        {
            var rules = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/rules", UriKind.Relative)))!;
            var body = new JsonObject { ["version"] = rules["version"]!.DeepClone(), ["content"] = new JsonObject(), ["approvals"] = approvals };
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.PutAsync(new Uri("/api/rules", UriKind.Relative), content);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // They stay as they are, or are as was wished: both are rules.
        }
    }

    /// <summary>The posts that wait for an approval, as one host lists them; none when it does not answer.</summary>
    public Task<IReadOnlyList<(Guid Id, int Revision)>> SubmittedAsync(string staff, int dashboard) =>
        ListAsync(staff, dashboard, "/api/approvals?limit=50", p => (p["id"]!.GetValue<Guid>(), p["revision"]!.GetValue<int>()));

    /// <summary>The posts that wait for a person, as one host lists them; none when it does not answer.</summary>
    public Task<IReadOnlyList<Guid>> WaitingAsync(string staff, int dashboard) => ListAsync(staff, dashboard, "/api/handback?limit=100", p => p["id"]!.GetValue<Guid>());

    private async Task<IReadOnlyList<T>> ListAsync<T>(string staff, int dashboard, string path, Func<JsonNode, T> read)
    {
        try
        {
            var list = await Client(staff, dashboard % world.Dashboards.Count).GetStringAsync(new Uri(path, UriKind.Relative));
            return [.. JsonNode.Parse(list)!["items"]!.AsArray().Select(p => read(p!))];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static async Task TryAsync(Call call, HttpClient client)
    {
        call.LastBegan = TimeProvider.System.GetUtcNow();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, call.Path);
            request.Headers.Add("Idempotency-Key", call.Operation.ToString("D"));
            request.Content = call switch
            {
                { Registers: { } account } => new StringContent($"{Estate.Header}\n{Estate.Row(account)}", Encoding.UTF8, "text/csv"),
                { Body: { } body } => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
                _ => null,
            };

            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            (call.Status, call.Answer) = ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
            call.Told = Judge(answer.StatusCode, call.Answer, call.Doubted);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            (call.Status, call.Answer) = (0, JsonValue.Create(e.Message));
        }

        if (call.Told != Told.Nothing)
        {
            call.Ended = TimeProvider.System.GetUtcNow();
        }
    }

    // "It did NOT take" is as certain as "it took", said of the first try; any other failure of the service is neither.
    private static Told Judge(HttpStatusCode status, JsonNode? answer, bool doubted) => status switch
    {
        HttpStatusCode.OK when answer?["items"] is JsonArray items && items.Any(i => i!["result"]?.GetValue<string>() is "not-known-yet") => Told.Nothing,
        HttpStatusCode.OK or HttpStatusCode.Created => Told.Took,
        HttpStatusCode.Accepted when answer?["awaiting"] is not null => Told.Took,
        HttpStatusCode.Accepted => Told.Nothing,
        HttpStatusCode.ServiceUnavailable when !doubted && answer?["code"]?.GetValue<string>() is "hold-did-not-take" or "lift-did-not-take" => Told.Refused,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => Told.Refused,
        _ => Told.Nothing,
    };

    private HttpClient Client(string staff, int dashboard)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue((staff, dashboard), out var client))
            {
                _clients[(staff, dashboard)] = client = world.Client(world.Dashboards[dashboard], staff);
            }

            return client;
        }
    }
}
