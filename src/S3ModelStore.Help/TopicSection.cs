using Markdig.Syntax;

namespace S3ModelStore.Help;

/// <summary>A heading and what stands below it.</summary>
internal sealed record TopicSection(HeadingBlock Heading, string Title, List<Block> Blocks);
