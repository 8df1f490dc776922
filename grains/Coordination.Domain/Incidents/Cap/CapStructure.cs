using System.Globalization;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Holds a message against <see cref="CapGrammar"/>: presence, number, order and value of every element.</summary>
internal static class CapStructure
{
    /// <summary>Finds every fault.</summary>
    public static List<CapFault> Check(CapNode root)
    {
        var faults = new List<CapFault>();
        if (!string.Equals(root.Namespace, CapGrammar.Namespace, StringComparison.Ordinal)
            || !string.Equals(root.Name, CapGrammar.Alert.Name, StringComparison.Ordinal))
        {
            faults.Add(new CapFault(
                "document",
                $"starts with {CapValues.Quote(root.Name)} of namespace {CapValues.Quote(root.Namespace)}; "
                + $"a CAP 1.2 message starts with 'alert' of namespace '{CapGrammar.Namespace}'"));
            return faults;
        }

        CheckGroup(root, CapGrammar.Alert, CapGrammar.Alert.Name, faults);
        return faults;
    }

    private static void CheckGroup(CapNode node, CapElement element, string path, List<CapFault> faults)
    {
        CheckAttributes(node, path, faults);
        if (!string.IsNullOrWhiteSpace(node.Text))
        {
            faults.Add(new CapFault(path, $"has text outside its elements: {CapValues.Quote(CapValues.Trim(node.Text))}"));
        }

        var rules = element.Children!;
        var counts = new int[rules.Count];
        var furthest = 0;
        var signed = false;
        foreach (var child in node.Children)
        {
            if (ReferenceEquals(element, CapGrammar.Alert) && IsSignature(child))
            {
                signed = true;
                continue;
            }

            var index = Find(rules, child);
            if (index < 0)
            {
                faults.Add(new CapFault(path, $"has an element {CapValues.Quote(child.Name)} that CAP 1.2 does not have there"));
                continue;
            }

            var rule = rules[index];
            counts[index]++;
            var childPath = rule.Many
                ? string.Create(CultureInfo.InvariantCulture, $"{path}/{rule.Name}[{counts[index]}]")
                : $"{path}/{rule.Name}";
            if (index < furthest || signed)
            {
                faults.Add(new CapFault(childPath, $"stands too late: it belongs before {(signed ? "the signature" : $"'{rules[furthest].Name}'")}"));
            }

            if (counts[index] == 2 && !rule.Many)
            {
                faults.Add(new CapFault(childPath, "stands more than once"));
            }

            furthest = Math.Max(furthest, index);
            CheckElement(child, rule, childPath, faults);
        }

        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Required && counts[i] == 0)
            {
                faults.Add(new CapFault($"{path}/{rules[i].Name}", "is missing"));
            }
        }
    }

    private static void CheckElement(CapNode node, CapElement rule, string path, List<CapFault> faults)
    {
        if (rule.Check is null)
        {
            CheckGroup(node, rule, path, faults);
            return;
        }

        CheckAttributes(node, path, faults);
        if (node.Children.Count > 0)
        {
            faults.Add(new CapFault(path, $"has an element {CapValues.Quote(node.Children[0].Name)} inside; it takes text only"));
        }
        else if (rule.Check(node.Text) is { } what)
        {
            faults.Add(new CapFault(path, what));
        }
    }

    private static void CheckAttributes(CapNode node, string path, List<CapFault> faults)
    {
        if (node.StrayAttributes.Count > 0)
        {
            faults.Add(new CapFault(path, $"has an attribute {CapValues.Quote(node.StrayAttributes[0])}; CAP 1.2 has none"));
        }
    }

    private static int Find(IReadOnlyList<CapElement> rules, CapNode child)
    {
        if (string.Equals(child.Namespace, CapGrammar.Namespace, StringComparison.Ordinal))
        {
            for (var i = 0; i < rules.Count; i++)
            {
                if (string.Equals(rules[i].Name, child.Name, StringComparison.Ordinal))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static bool IsSignature(CapNode child) =>
        string.Equals(child.Namespace, CapGrammar.SignatureNamespace, StringComparison.Ordinal);
}
