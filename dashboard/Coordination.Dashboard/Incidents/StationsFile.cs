using System.Globalization;
using Coordination.Domain.Brigade;
using Microsoft.VisualBasic.FileIO;

namespace Coordination.Dashboard.Incidents;

/// <summary>Reads the brigade's stations and areas from a CSV file.</summary>
public static class StationsFile
{
    private static readonly string[] Columns = ["station", "name", "area", "area_name", "latitude", "longitude", "code"];

    /// <summary>Reads the map; an empty one when there is no file.</summary>
    /// <exception cref="FormatException">A line is wrong; says which and how.</exception>
    public static BrigadeMap Read(string path)
    {
        if (!File.Exists(path))
        {
            return new BrigadeMap([], [], []);
        }

        using var reader = new StreamReader(path);
        return Read(reader);
    }

    /// <summary>Reads the map.</summary>
    /// <exception cref="FormatException">A line is wrong; says which and how.</exception>
    public static BrigadeMap Read(TextReader text)
    {
        using var csv = new TextFieldParser(text) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        if (csv.EndOfData || csv.ReadFields() is not { } header || !header.SequenceEqual(Columns, StringComparer.Ordinal))
        {
            throw new FormatException($"The stations file has to begin with the line {string.Join(',', Columns)}.");
        }

        var areas = new Dictionary<string, Area>(StringComparer.Ordinal);
        var stations = new List<Station>();
        while (!csv.EndOfData)
        {
            var line = csv.LineNumber;
            var fields = csv.ReadFields() ?? [];
            if (fields.Length != Columns.Length
                || !double.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
                || !double.TryParse(fields[5], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
                || !GeoPoint.TryCreate(latitude, longitude, out var point))
            {
                throw new FormatException($"Line {line} of the stations file needs {Columns.Length} fields, with latitude and longitude in degrees.");
            }

            areas.TryAdd(fields[2], new Area(fields[2], fields[3]));
            stations.Add(new Station(fields[0], fields[6].Length > 0 ? fields[6] : null, fields[1], fields[2], point));
        }

        return new BrigadeMap(areas.Values, stations, []);
    }
}
