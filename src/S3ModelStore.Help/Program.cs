using S3ModelStore.Help;

// S3ModelStore.Help <directory of Markdown> <directory for help files>
if (args is not [var source, var target])
{
    await Console.Error.WriteLineAsync("usage: S3ModelStore.Help <markdown directory> <output directory>");
    return 2;
}

try
{
    var topics = new List<CommandTopic>();
    Directory.CreateDirectory(target);
    foreach (var file in Directory.EnumerateFiles(source, "*.md").Order(StringComparer.Ordinal))
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var document = new TopicDocument(file, await File.ReadAllTextAsync(file));
        if (name.StartsWith("about_", StringComparison.Ordinal))
            await File.WriteAllTextAsync(Path.Combine(target, name + ".help.txt"), AboutText.Write(document));
        else
            topics.Add(TopicReader.Read(document));
    }

    MamlWriter.Write(topics).Save(Path.Combine(target, "S3ModelStore.dll-Help.xml"));
    return 0;
}
catch (HelpSourceException error)
{
    // In the form that MSBuild shows as an error of that line.
    await Console.Error.WriteLineAsync($"{error.File}({error.Line}): error HELP0001: {error.Message}");
    return 1;
}
