using System.Text;
using System.Xml;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Reads the XML of a message into nodes, within <see cref="CapLimits"/> and without ever resolving anything.</summary>
internal static class CapTreeReader
{
    private const string XmlSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Reads the message's root element.</summary>
    /// <returns>The root, or the one fault that makes the bytes unreadable.</returns>
    public static (CapNode? Root, CapFault? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), settings);
            return ReadTree(reader);
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return (null, new CapFault("document", "has a document type declaration (DTD); that is never accepted. Send the alert element alone"));
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            var line = e is XmlException { LineNumber: > 0 } x ? $" at line {x.LineNumber}, column {x.LinePosition}" : string.Empty;
            return (null, new CapFault("document", $"is not well-formed XML{line}"));
        }
    }

    private static (CapNode? Root, CapFault? Fault) ReadTree(XmlReader reader)
    {
        var open = new Stack<(CapNode Node, StringBuilder Text)>();
        CapNode? root = null;
        var elements = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > CapLimits.MaxElements || open.Count >= CapLimits.MaxDepth)
                    {
                        return (null, new CapFault(
                            "document",
                            $"has more than {CapLimits.MaxElements} elements, or elements nested deeper than {CapLimits.MaxDepth}"));
                    }

                    var node = ReadElement(reader);
                    root ??= node;
                    if (open.TryPeek(out var parent))
                    {
                        parent.Node.Children.Add(node);
                    }

                    if (!reader.IsEmptyElement)
                    {
                        open.Push((node, new StringBuilder()));
                    }

                    break;
                case XmlNodeType.EndElement:
                    var (closed, text) = open.Pop();
                    closed.Text = text.ToString();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                    when open.TryPeek(out var current):
                    current.Text.Append(reader.Value);
                    break;
            }
        }

        return (root, null);
    }

    private static CapNode ReadElement(XmlReader reader)
    {
        var node = new CapNode(reader.LocalName, reader.NamespaceURI);
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            // A schema location is a hint that changes nothing; xsi:type and xsi:nil would change what an element is.
            var harmless = reader.NamespaceURI is "http://www.w3.org/2000/xmlns/"
                || (reader.NamespaceURI is XmlSchemaInstance && reader.LocalName is "schemaLocation" or "noNamespaceSchemaLocation");
            if (!harmless)
            {
                node.StrayAttributes.Add(reader.Name);
            }
        }

        reader.MoveToElement();
        return node;
    }
}
