using System.Xml.Linq;

namespace S3ModelStore.Help;

/// <summary>Writes topics in the XML that Get-Help reads for binary cmdlets.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Write(IEnumerable<CommandTopic> topics)
        => new(new XElement(Items + "helpItems", new XAttribute("schema", "maml"), topics.Select(Write)));

    private static XElement Write(CommandTopic topic) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", topic.Name),
            new XElement(Command + "verb", topic.Name.Split('-')[0]),
            new XElement(Command + "noun", topic.Name.Split('-')[^1]),
            Description(topic.Synopsis)),
        Description(topic.Description),
        new XElement(Command + "syntax", Sets(topic).Select(set => Syntax(topic, set))),
        new XElement(Command + "parameters", topic.Parameters.Select(Parameter)),
        new XElement(Command + "inputTypes", topic.Inputs.Select(type => Type(Command + "inputType", type))),
        new XElement(Command + "returnValues", topic.Outputs.Select(type => Type(Command + "returnValue", type))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(topic.Notes))),
        new XElement(Command + "examples", topic.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", topic.Links.Select(Link)));

    private static List<string> Sets(CommandTopic topic)
    {
        var sets = topic.Parameters.SelectMany(parameter => parameter.Sets).Distinct(StringComparer.Ordinal).ToList();
        return sets.Count == 0 ? [string.Empty] : sets;
    }

    private static XElement Syntax(CommandTopic topic, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", topic.Name),
        topic.Parameters
            .Where(parameter => parameter.Sets.Count == 0 || parameter.Sets.Contains(set))
            .OrderBy(parameter => parameter.Position, StringComparer.Ordinal)
            .Select(parameter => Binding(
                parameter,
                parameter.AcceptedValues.Count > 0
                    ? new XElement(Command + "parameterValueGroup", parameter.AcceptedValues.Select(value => Value(value, required: true)))
                    : parameter.IsSwitch ? null : Value(parameter.Type, required: true))));

    private static XElement Parameter(ParameterTopic parameter) => Binding(
        parameter,
        Description(parameter.Description),
        Value(parameter.Type, required: !parameter.IsSwitch),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type)),
        new XElement(Dev + "defaultValue", parameter.Default));

    private static XElement Binding(ParameterTopic parameter, params XElement?[] content) => new(
        Command + "parameter",
        Flag("required", parameter.Required),
        Flag("variableLength", parameter.IsArray),
        Flag("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", parameter.PipelineInput),
        new XAttribute("position", parameter.Position),
        new XAttribute("aliases", string.Join(", ", parameter.Aliases.DefaultIfEmpty("none"))),
        new XElement(Maml + "name", parameter.Name),
        content);

    private static XElement Value(string text, bool required)
        => new(Command + "parameterValue", Flag("required", required), Flag("variableLength", value: false), text);

    private static XAttribute Flag(string name, bool value) => new(name, value ? "true" : "false");

    private static XElement Type(XName name, TypeTopic type)
        => new(name, new XElement(Dev + "type", new XElement(Maml + "name", type.Name)), Description(type.Description));

    private static XElement Example(ExampleTopic example) => new(
        Command + "example",
        new XElement(Maml + "title", Ruled(example.Title)),
        new XElement(Dev + "code", example.Code),
        // The empty one keeps the next example at a distance.
        new XElement(Dev + "remarks", Paragraphs(example.Remarks.Append(string.Empty))));

    // As PowerShell's own help sets titles of examples apart.
    private static string Ruled(string title)
    {
        var rule = new string('-', Math.Max(4, (70 - title.Length) / 2));
        return $"{rule} {title} {rule}";
    }

    private static XElement Link(LinkTopic link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        link.Url is null ? null : new XElement(Maml + "uri", link.Url));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(text => new XElement(Maml + "para", text));
}
