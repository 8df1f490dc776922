using System.Globalization;
using System.Text.Json;

namespace Connectors.Tests.Support;

/// <summary>A published API description, as far as answers and requests are checked against it here: the JSON Schema words that it uses.</summary>
/// <remarks>Stricter than the standard in one thing: a property that the description does not know is a fault.</remarks>
internal sealed class OpenApiDocument : IDisposable
{
    private readonly JsonDocument _document;

    public OpenApiDocument(string path) => _document = JsonDocument.Parse(File.ReadAllBytes(path));

    /// <summary>The faults of an answer's body; none when it is as described.</summary>
    public IReadOnlyList<string> AnswerFaults(string method, string path, int status, JsonElement body)
    {
        var response = Operation(method, path).GetProperty("responses").GetProperty(status.ToString(CultureInfo.InvariantCulture));
        var faults = new List<string>();
        Check(Content(Resolve(response)), body, "$", faults);
        return faults;
    }

    /// <summary>The faults of a request's body.</summary>
    public IReadOnlyList<string> RequestFaults(string method, string path, JsonElement body)
    {
        var faults = new List<string>();
        Check(Content(Resolve(Operation(method, path).GetProperty("requestBody"))), body, "$", faults);
        return faults;
    }

    /// <summary>The faults of a request's query: names that are not described, values that are not listed, what is required and missing.</summary>
    public IReadOnlyList<string> QueryFaults(string method, string path, string query)
    {
        var faults = new List<string>();
        var known = Operation(method, path).TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(Resolve).Where(p => p.GetProperty("in").GetString() is "query").ToDictionary(p => p.GetProperty("name").GetString()!, StringComparer.Ordinal)
            : [];
        var given = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        faults.AddRange(given.Keys.Where(name => !known.ContainsKey(name)).Select(name => $"?{name} is not described"));
        faults.AddRange(known.Where(p => p.Value.TryGetProperty("required", out var required) && required.GetBoolean() && !given.ContainsKey(p.Key)).Select(p => $"?{p.Key} is missing"));
        foreach (var (name, value) in given.Where(g => known.ContainsKey(g.Key)))
        {
            var schema = Resolve(known[name].GetProperty("schema"));
            var items = schema.TryGetProperty("items", out var each) ? Resolve(each) : schema;
            if (items.TryGetProperty("enum", out var allowed))
            {
                faults.AddRange((schema.TryGetProperty("items", out _) ? value.Split(',') : [value])
                    .Where(v => !allowed.EnumerateArray().Any(a => string.Equals(a.GetString(), v, StringComparison.Ordinal))).Select(v => $"?{name} has {v}, which is not listed"));
            }
        }

        return faults;
    }

    /// <summary>The faults of the names of a form's fields.</summary>
    public IReadOnlyList<string> FormFaults(string method, string path, IReadOnlyList<string> fields)
    {
        var schema = Resolve(Resolve(Operation(method, path).GetProperty("requestBody")).GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema"));
        return
        [
            .. fields.Where(f => !schema.GetProperty("properties").TryGetProperty(f, out _)).Select(f => $"the field {f} is not described"),
            .. schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Where(r => !fields.Contains(r, StringComparer.Ordinal)).Select(r => $"the field {r} is missing"),
        ];
    }

    /// <summary>The statuses that the description knows for an operation.</summary>
    public bool Knows(string method, string path, int status) =>
        Operation(method, path).GetProperty("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out _);

    /// <summary>Whether a header parameter is described.</summary>
    public bool HasHeader(string method, string path, string header) =>
        Operation(method, path).GetProperty("parameters").EnumerateArray().Select(Resolve)
            .Any(p => p.GetProperty("in").GetString() is "header" && string.Equals(p.GetProperty("name").GetString(), header, StringComparison.Ordinal));

    public void Dispose() => _document.Dispose();

    private static JsonElement Content(JsonElement holder) =>
        holder.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private JsonElement Operation(string method, string path) => _document.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method);

    private JsonElement Resolve(JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
        {
            var target = _document.RootElement;
            foreach (var part in reference.GetString()!.Split('/').Skip(1))
            {
                target = target.GetProperty(part);
            }

            element = target;
        }

        return element;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        // Here a $ref stands beside "type" and "description": OpenAPI 3.1 lets both hold.
        if (schema.TryGetProperty("$ref", out _))
        {
            if (value.ValueKind == JsonValueKind.Null && Types(schema).Contains("null", StringComparer.Ordinal))
            {
                return;
            }

            Check(Resolve(schema), value, at, faults);
            return;
        }

        if (schema.TryGetProperty("oneOf", out var options))
        {
            var tries = options.EnumerateArray().Select(o => Faults(o, value, at)).ToList();
            if (tries.All(t => t.Count > 0))
            {
                faults.Add($"{at} fits none of {tries.Count} schemas: {string.Join("; ", tries.MinBy(t => t.Count)!)}");
            }
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
        {
            faults.Add($"{at} is {value.GetRawText()}, which is not among the listed values");
        }

        var types = Types(schema);
        if (types.Count > 0 && !types.Exists(t => IsOf(t, value)))
        {
            faults.Add($"{at} is {value.ValueKind} instead of {string.Join(" or ", types)}");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when !schema.TryGetProperty("oneOf", out _):
                CheckObject(schema, value, at, faults);
                break;
            case JsonValueKind.Array when schema.TryGetProperty("items", out var items):
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(items, item, $"{at}[{index}]", faults);
                }

                break;
            case JsonValueKind.String when schema.TryGetProperty("format", out var format) && !FormatHolds(format.GetString()!, value.GetString()!):
                faults.Add($"{at} is {value.GetRawText()}, which is no {format.GetString()}");
                break;
        }
    }

    private List<string> Faults(JsonElement schema, JsonElement value, string at)
    {
        var faults = new List<string>();
        Check(schema, value, at, faults);
        return faults;
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        var parts = schema.TryGetProperty("allOf", out var all) ? all.EnumerateArray().Select(Resolve).Append(schema).ToList() : [schema];
        foreach (var name in parts.Where(p => p.TryGetProperty("required", out _)).SelectMany(p => p.GetProperty("required").EnumerateArray()))
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                faults.Add($"{at} lacks {name.GetString()}");
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            var known = parts
                .Where(p => p.TryGetProperty("properties", out var list) && list.TryGetProperty(property.Name, out _))
                .Select(p => p.GetProperty("properties").GetProperty(property.Name))
                .ToList();
            if (known.Count > 0)
            {
                Check(known[0], property.Value, $"{at}.{property.Name}", faults);
            }
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
            {
                Check(more, property.Value, $"{at}.{property.Name}", faults);
            }
            else if (parts.Exists(p => p.TryGetProperty("properties", out _)))
            {
                faults.Add($"{at}.{property.Name} is not described");
            }
        }
    }

    private static List<string> Types(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!]
        : [];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"Type {type} is not checked here."),
    };

    private static bool FormatHolds(string format, string text) => format switch
    {
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "date-time" => DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        "iso-639-1" => text.Length == 2,
        _ => throw new NotSupportedException($"Format {format} is not checked here."),
    };
}
