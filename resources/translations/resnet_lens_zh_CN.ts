<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>ResNet Lens</name>
        <message>
            <location filename="../../app/__main__.py" />
            <source>The program ended unexpectedly last time.</source>
            <translation>程序上次意外结束。</translation>
        </message>
        <message>
            <location filename="../../app/ablation.py" />
            <source>Only the channels of a whole stage can be switched off: choose “Stage”</source>
            <translation>只能关闭整个阶段的通道：请选择“阶段”</translation>
        </message>
        <message>
            <location filename="../../app/ablation.py" />
            <source>Effect on “{label}” if removed</source>
            <translation>移除后对“{label}”的影响</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>ResNet-{0}</source>
            <translation>ResNet-{0}</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Look through a ResNet-{0}</source>
            <translation>用 ResNet-{0} 查看</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Instruments</source>
            <translation>分析工具</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Open one picture or several</source>
            <translation>打开一张或多张图片</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Open &amp;folder…</source>
            <translation>打开文件夹(&amp;F)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Open all pictures of a folder</source>
            <translation>打开文件夹中的所有图片</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Reope&amp;n last session</source>
            <translation>重新打开上次会话(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Open what was open when the last window closed</source>
            <translation>打开上个窗口关闭时所打开的内容</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Paste</source>
            <translation>粘贴(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Open the picture or the files on the clipboard</source>
            <translation>打开剪贴板中的图片或文件</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Save what is shown as a figure or as numbers</source>
            <translation>将当前内容保存为图表或数值</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Save session…</source>
            <translation>保存会话(&amp;S)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Save the opened pictures and what is looked at, to open it again</source>
            <translation>保存已打开的图片和查看内容，以便再次打开</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy &amp;link</source>
            <translation>复制链接(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy an address that opens the window as it is now</source>
            <translation>复制一个地址，用它可打开当前状态的窗口</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Copy predictions</source>
            <translation>复制预测(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy the predictions as text</source>
            <translation>将预测复制为文本</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy p&amp;icture</source>
            <translation>复制图片(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy the picture itself</source>
            <translation>复制图片本身</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy &amp;map</source>
            <translation>复制特征图(&amp;M)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Copy the map of the channel looked at</source>
            <translation>复制正在查看的通道的特征图</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Bring back what was removed or reset</source>
            <translation>恢复已移除或复原的内容</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Re&amp;do</source>
            <translation>重做(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Remove or reset it again</source>
            <translation>再次移除或复原</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Remove picture</source>
            <translation>移除图片(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Take this picture off the strip; the file stays</source>
            <translation>将此图片移出胶片栏；文件会保留</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Remove &amp;all pictures</source>
            <translation>移除所有图片(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Empty the strip; the files stay</source>
            <translation>清空胶片栏；文件会保留</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Close ResNet Lens</source>
            <translation>关闭 ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Next &amp;stage</source>
            <translation>下一阶段(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Go one stage deeper</source>
            <translation>深入一个阶段</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Pre&amp;vious stage</source>
            <translation>上一阶段(&amp;V)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Go one stage back</source>
            <translation>后退一个阶段</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Next picture</source>
            <translation>下一张图片(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Look at the next picture</source>
            <translation>查看下一张图片</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Previous picture</source>
            <translation>上一张图片(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Look at the picture before</source>
            <translation>查看上一张图片</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Results table…</source>
            <translation>结果表(&amp;R)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>All pictures as a table that sorts, filters and exports</source>
            <translation>以可排序、筛选和导出的表格显示所有图片</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;As the system</source>
            <translation>跟随系统(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Light or dark, as the system is</source>
            <translation>浅色或深色，跟随系统</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Dark on light</source>
            <translation>浅底深字</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Light on dark</source>
            <translation>深底浅字</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>S&amp;ettings…</source>
            <translation>设置(&amp;E)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Everything that can be set, on one page</source>
            <translation>所有可设置的内容，集中在一页</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Full screen</source>
            <translation>全屏(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Use the whole screen</source>
            <translation>使用整个屏幕</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;As trained</source>
            <translation>原始状态(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Undo every change made to the network</source>
            <translation>撤销对网络的所有更改</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Download these weights</source>
            <translation>下载这些权重(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Fetch the chosen weights from their publisher</source>
            <translation>从发布者处获取所选权重</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Import weights…</source>
            <translation>导入权重(&amp;I)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Use a .safetensors, .pth or .pt file of your own</source>
            <translation>使用你自己的 .safetensors、.pth 或 .pt 文件</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Train…</source>
            <translation>训练(&amp;T)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Train a network on CIFAR-10 or your own pictures</source>
            <translation>在 CIFAR-10 或你自己的图片上训练网络</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>De&amp;gradation lab…</source>
            <translation>退化实验室(&amp;G)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Train plain and residual networks alike, and compare</source>
            <translation>以同样的方式训练普通网络和残差网络，并加以比较</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;Keyboard shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>All keys on one sheet</source>
            <translation>一览所有按键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Show &amp;log…</source>
            <translation>显示日志(&amp;L)…</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>What the program noted, for a bug report</source>
            <translation>程序记录的内容，用于错误报告</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>&amp;About ResNet Lens</source>
            <translation>关于 ResNet Lens(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Versions, licence and thanks</source>
            <translation>版本、许可证和致谢</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Arrow keys, Home, End, PgUp, PgDown</source>
            <translation>方向键、Home、End、PgUp、PgDown</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Choose another channel, in the grid of maps</source>
            <translation>在特征图网格中选择另一个通道</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Space</source>
            <translation>空格键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Switch the channel looked at off, or on again</source>
            <translation>关闭或重新打开正在查看的通道</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Arrow keys</source>
            <translation>方向键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Move over the map of the channel, once it was chosen with Tab</source>
            <translation>用 Tab 选中通道的特征图后，在其上移动</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Left, Right</source>
            <translation>左、右方向键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In the stages: the blocks of one; Enter looks at it</source>
            <translation>在阶段中：选择其中的残差块；Enter 查看</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Up, Down</source>
            <translation>上、下方向键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In the predictions: ask about another class</source>
            <translation>在预测中：询问另一个类别</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Left, Right, Del</source>
            <translation>左、右方向键，Del</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In the row of pictures: look at another, or take it off</source>
            <translation>在图片行中：查看另一张，或将其移除</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Left, Right, Space, Up, Down</source>
            <translation>左、右、上、下方向键，空格键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In Depth: another block, switch it off or on, scale what it adds; Enter: X-ray</source>
            <translation>在深度剖面中：选择另一个残差块，关闭或打开，缩放其所加部分；Enter：残差块透视</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Arrow keys, Shift+Arrow keys</source>
            <translation>方向键，Shift+方向键</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In Occlusion: move the patch, far or by a pixel</source>
            <translation>在遮挡中：大步或逐像素移动遮挡块</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In lists, maps side by side and tables: open what is chosen</source>
            <translation>在列表、并排的特征图和表格中：打开所选内容</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>On the headings of the table of results: sort; Left, Right: another heading</source>
            <translation>在结果表的表头上：排序；左、右方向键：另一列表头</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Tab, Shift+Tab</source>
            <translation>Tab、Shift+Tab</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Go to the next or the previous part of the window</source>
            <translation>转到窗口的下一部分或上一部分</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>On the line between two parts of the window: move it</source>
            <translation>在窗口两部分之间的分隔线上：移动它</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>Enter, Esc</source>
            <translation>Enter、Esc</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In a dialog: do it, or close it</source>
            <translation>在对话框中：确定或关闭</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>On the menu at the end of the toolbar: everything, also what has no key of its own</source>
            <translation>工具栏末尾的菜单中：所有操作，包括没有快捷键的</translation>
        </message>
        <message>
            <location filename="../../app/actions.py" />
            <source>In the window</source>
            <translation>窗口内</translation>
        </message>
        <message>
            <location filename="../../app/album.py" />
            <source>There is no picture in what was opened.</source>
            <translation>所打开的内容中没有图片。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>mostly strengthens it</source>
            <translation>主要是增强它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>mostly works against it</source>
            <translation>主要是抵消它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>partly strengthens it</source>
            <translation>部分增强它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>partly works against it</source>
            <translation>部分抵消它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>slightly strengthens it</source>
            <translation>略微增强它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>slightly works against it</source>
            <translation>略微抵消它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>F is switched off: the block passes on what came in.</source>
            <translation>F 已关闭：残差块原样传递输入。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>Neither x nor F has anything but zeros.</source>
            <translation>x 和 F 都只有零。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>Nothing comes in by the shortcut: all there is comes from {0}.</source>
            <translation>捷径没有带来任何输入：全部内容都来自 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>F adds nothing: the block passes on what came in.</source>
            <translation>F 没有增加任何内容：残差块原样传递输入。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>{0} changes what came in by {1} of its size and {2}.</source>
            <translation>{0} 对输入的改变量为输入大小的 {1} 倍，{2}。</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>goes its own way, neither with it nor against it</source>
            <translation>方向独立，既不增强也不抵消它</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>projection {0}×{1}, stride {2}</source>
            <translation>{0}×{1} 投影，步幅 {2}</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>projection {0}×{1}</source>
            <translation>{0}×{1} 投影</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>every 2nd place, {0} channels of zeros added</source>
            <translation>每 2 个位置取 1 个，补 {0} 个零通道</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>{0} channels of zeros added</source>
            <translation>补 {0} 个零通道</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>every 2nd place,</source>
            <translation>每 2 个位置取 1 个，</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>the identity</source>
            <translation>恒等映射</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>{0} in {1} groups</source>
            <translation>{0}（{1} 组）</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>conv {0}, stride {1}</source>
            <translation>卷积 {0}，步幅 {1}</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>conv {0}</source>
            <translation>卷积 {0}</translation>
        </message>
        <message>
            <location filename="../../app/block_texts.py" />
            <source>as trained</source>
            <translation>原始状态</translation>
        </message>
        <message>
            <location filename="../../app/class_evidence.py" />
            <source>evidence for {0}</source>
            <translation>“{0}”的证据</translation>
        </message>
        <message>
            <location filename="../../app/class_folders.py" />
            <source>{0} is there already: {1} stays where it is.</source>
            <translation>{0} 已存在：{1} 留在原处。</translation>
        </message>
        <message>
            <location filename="../../app/class_folders.py" />
            <source>{0} could not be put into {1}: {2}.</source>
            <translation>无法将 {0} 放入 {1}：{2}。</translation>
        </message>
        <message>
            <location filename="../../app/class_folders.py" />
            <source>{0} was changed since and is kept.</source>
            <translation>{0} 此后被改动过，予以保留。</translation>
        </message>
        <message>
            <location filename="../../app/class_folders.py" />
            <source>{0} could not be taken back: {1}.</source>
            <translation>无法撤回 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>The link’s picture {path} is not there any more.</source>
            <translation>链接中的图片 {path} 已不在原处。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>{name} was changed since the link was made.</source>
            <translation>{name} 在链接生成之后被改动过。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>The link’s picture “{name}” was never a file, and is not open.</source>
            <translation>链接中的图片“{name}”从来不是文件，现在也没有打开。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>There are no weights named “{weights}” here.</source>
            <translation>这里没有名为“{weights}”的权重。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>The weights {weights} are not on this disk: download them first.</source>
            <translation>权重 {weights} 不在此磁盘上：请先下载。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>{weights} knows no class {index}.</source>
            <translation>{weights} 没有第 {index} 号类别。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>There is no session to reopen yet.</source>
            <translation>还没有可重新打开的会话。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>There is no picture in this session.</source>
            <translation>此会话中没有图片。</translation>
        </message>
        <message>
            <location filename="../../app/coming_back.py" />
            <source>opening a session</source>
            <translation>打开会话</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>Open pictures</source>
            <translation>打开图片</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>Pictures and sessions ({patterns} *.lens);;All files (*)</source>
            <translation>图片和会话 ({patterns} *.lens);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>Pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>There is no picture here: neither a file nor picture data.</source>
            <translation>这里没有图片：既没有文件，也没有图片数据。</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>Fetch this picture from the internet?</source>
            <translation>要从互联网获取这张图片吗？</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>removing {name}</source>
            <translation>移除 {name}</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>removing all pictures</source>
            <translation>移除所有图片</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>All pictures are off the strip; Ctrl+Z brings them back.</source>
            <translation>胶片栏中的所有图片均已移除；按 Ctrl+Z 可恢复。</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>resetting the network</source>
            <translation>复原网络</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>removing {id}</source>
            <translation>移除 {id}</translation>
        </message>
        <message>
            <location filename="../../app/commander.py" />
            <source>{id} is in the trash; Ctrl+Z brings it back.</source>
            <translation>{id} 已移到回收站；按 Ctrl+Z 可恢复。</translation>
        </message>
        <message>
            <location filename="../../app/copying.py" />
            <source>The predictions are on the clipboard.</source>
            <translation>预测已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="../../app/copying.py" />
            <source>The picture is on the clipboard.</source>
            <translation>图片已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="../../app/copying.py" />
            <source>The map is on the clipboard.</source>
            <translation>特征图已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/process.py" />
            <source>The process can't be started: {0}.</source>
            <translation>无法启动进程：{0}。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/process.py" />
            <source>ended without saying why</source>
            <translation>未说明原因便已结束</translation>
        </message>
        <message>
            <location filename="../../app/degradation/process.py" />
            <source>ended unexpectedly (exit code {0})</source>
            <translation>意外结束（退出码 {0}）</translation>
        </message>
        <message>
            <location filename="../../app/degradation/process.py" />
            <source>The experiment’s process {0}. What was saved is kept: Continue goes on with it.</source>
            <translation>实验进程{0}。已保存的内容仍在：点击“继续”可接着进行。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>The data of these trainings is gone: there is no {0}.</source>
            <translation>这些训练所用的数据已不存在：没有 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>Choose the folder it is in, or a folder of classes; “Train…” can download it.</source>
            <translation>请选择它所在的文件夹，或按类别分的文件夹；也可以用“训练…”下载。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>CIFAR-10 is not on this computer. {0}</source>
            <translation>这台电脑上没有 CIFAR-10。{0}</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>The CIFAR-10 in {0} can’t be used: {1}.</source>
            <translation>无法使用 {0} 中的 CIFAR-10：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>{0}: starting</source>
            <translation>{0}：正在启动</translation>
        </message>
        <message>
            <location filename="../../app/degradation/record.py" />
            <source>{0}: epoch {1} of {2} · {3} images/s</source>
            <translation>{0}：第 {1} 轮，共 {2} 轮 · {3} 张图片/s</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>He et al.: errors on CIFAR-10’s test pictures after 64,000 batches of 128, 164 epochs of 50,000 pictures (table 6; ≈: read off figure 6). Ours: averages while an epoch was trained, with crops and flips, and errors on pictures kept aside.</source>
            <translation>He 等人：训练 64,000 批、每批 128 张（即 50,000 张图片的 164 轮）之后，在 CIFAR-10 测试图片上的误差（表 6；≈：从图 6 读出）。我们的结果：训练误差是每轮训练过程中的平均值，带裁剪和翻转；验证误差来自留出的图片。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>He et al.: these networks on ImageNet (table 2, ten crops), which is harder than what is trained here: compare the order, not the size. Ours: averages while an epoch was trained, with crops and flips, and errors on pictures kept aside.</source>
            <translation>He 等人：同样的网络在 ImageNet 上的误差（表 2，十次裁剪），任务比这里的训练更难：请比较高低次序，而不是数值大小。我们的结果：训练误差是每轮训练过程中的平均值，带裁剪和翻转；验证误差来自留出的图片。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>No pictures to train on yet</source>
            <translation>还没有可用于训练的图片</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>Stopping after the batch under way …</source>
            <translation>当前批次完成后停止…</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>Measuring the untrained networks …</source>
            <translation>正在测量未训练的网络…</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>You can close this window: it goes on.</source>
            <translation>可以关闭此窗口：训练会继续。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>All four networks are trained.</source>
            <translation>四个网络都已训练完毕。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>Stopped. Continue goes on where it was.</source>
            <translation>已停止。点击“继续”可从中断处接着训练。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>The first measurements take seconds; the training takes hours on a processor without a GPU.</source>
            <translation>最初的测量只需几秒；没有 GPU 时，在处理器上训练需要数小时。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>the deeper {kind} network’s training error is {points} points higher</source>
            <translation>较深的{kind}网络的训练误差高出 {points} 个百分点</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>the deeper {kind} network’s training error is {points} points lower</source>
            <translation>较深的{kind}网络的训练误差低 {points} 个百分点</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>the deeper {kind} network’s training error is the same</source>
            <translation>较深的{kind}网络的训练误差相同</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>plain</source>
            <translation>普通</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>residual</source>
            <translation>残差</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>After one epoch {what}.</source>
            <translation>1 轮之后，{what}。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>After {epochs} epochs {what}.</source>
            <translation>{epochs} 轮之后，{what}。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>The paper’s networks had 164 epochs; so short a training can’t show it.</source>
            <translation>论文中的网络训练了 164 轮；这么短的训练还看不出这一点。</translation>
        </message>
        <message>
            <location filename="../../app/degradation/texts.py" />
            <source>{0} % of the way</source>
            <translation>网络深度的 {0} % 处</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>ResNet Lens is free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
            <translation>ResNet Lens 是自由软件，按 GNU 通用公共许可证第 3 版或更高版本发布，不提供任何担保。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>Residual networks: Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun, “Deep Residual Learning for Image Recognition”, 2015. Published weights: torchvision. CIFAR-10: Alex Krizhevsky. Built with PyQt5, OpenVINO, NumPy, Pillow, safetensors and PyTorch.</source>
            <translation>残差网络：Kaiming He、Xiangyu Zhang、Shaoqing Ren 和 Jian Sun，“Deep Residual Learning for Image Recognition”，2015。发布的权重：torchvision。CIFAR-10：Alex Krizhevsky。使用 PyQt5、OpenVINO、NumPy、Pillow、safetensors 和 PyTorch 构建。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>About ResNet Lens</source>
            <translation>关于 ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>A microscope for residual networks.</source>
            <translation>残差网络的显微镜。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>&amp;Copy versions</source>
            <translation>复制版本信息(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>C&amp;lose</source>
            <translation>关闭(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/about_dialog.py" />
            <source>&amp;Copied</source>
            <translation>已复制(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Copy into folders</source>
            <translation>复制到文件夹</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Move into folders</source>
            <translation>移动到文件夹</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Where each picture goes</source>
            <translation>每张图片的去向</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Goes to</source>
            <translation>目标位置</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Comes from</source>
            <translation>来源</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>Every one of these pictures is in the folder of its class already.</source>
            <translation>这些图片都已在各自类别的文件夹中。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>{n} pictures will be copied into {folders} folders in {place}. Nothing is overwritten.</source>
            <translation>将把 {n} 张图片复制到 {place} 中的 {folders} 个文件夹。不会覆盖任何文件。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>{n} pictures will be moved into {folders} folders in {place}. Nothing is overwritten.</source>
            <translation>将把 {n} 张图片移动到 {place} 中的 {folders} 个文件夹。不会覆盖任何文件。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/class_folders_dialog.py" />
            <source>and {0} more</source>
            <translation>以及另外 {0} 项</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Degradation lab</source>
            <translation>退化实验室</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Do deeper networks learn worse?</source>
            <translation>更深的网络反而学得更差吗？</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Four networks, trained alike: same pictures, same seed, same steps. Two are plain, two have shortcuts.</source>
            <translation>四个网络，以同样的方式训练：相同的图片、相同的种子、相同的步数。两个是普通网络，两个带捷径。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Depths</source>
            <translation>深度</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>20 and 56 layers</source>
            <translation>20 层和 56 层</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>The networks of figure 6, for small pictures</source>
            <translation>图 6 中的网络，适用于小图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>18 and 34, for the patient</source>
            <translation>18 层和 34 层，给有耐心的人</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>The networks of table 2: ten times the work</source>
            <translation>表 2 中的网络：工作量为十倍</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>C&amp;hoose…</source>
            <translation>选择(&amp;H)…</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>The folder CIFAR-10 is in, or one with a sub-folder of pictures for each class</source>
            <translation>存放 CIFAR-10 的文件夹，或每个类别各有一个图片子文件夹的文件夹</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Epochs of each network</source>
            <translation>每个网络的轮数</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Times through the pictures, for each of the four networks</source>
            <translation>四个网络各自遍历图片的次数</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source> epoch each</source>
            <translation> 轮</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source> epochs each</source>
            <translation> 轮</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>He et al. 2015 (arXiv:1512.03385, section 4.1 and figure 6): the deeper plain network has the higher training error. That is degradation, not overfitting: an overfitted network would be good at just these pictures. With shortcuts the deeper network is the better one.</source>
            <translation>He 等人 2015（arXiv:1512.03385，第 4.1 节和图 6）：较深的普通网络训练误差更高。这是退化，而不是过拟合：过拟合的网络恰恰会在训练图片上表现很好。有了捷径，较深的网络反而更好。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>One backward pass, before any training. With batch norm the gradient does not vanish on its way to the first blocks, as section 4.1 of the paper says; here it even grows (Yang et al. 2019, arXiv:1902.08129).</source>
            <translation>训练之前的一次反向传播。有了批归一化，梯度在传回最前面的残差块时不会消失，正如论文第 4.1 节所说；在这里它甚至会增大（Yang 等人 2019，arXiv:1902.08129）。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>How far the experiment is</source>
            <translation>实验进度</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Start &amp;over…</source>
            <translation>重新开始(&amp;O)…</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Delete these trainings and begin again</source>
            <translation>删除这些训练，从头开始</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>S&amp;top</source>
            <translation>停止(&amp;T)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Save and stop; it can be continued</source>
            <translation>保存并停止；之后可以继续</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>&amp;Start</source>
            <translation>开始(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>first block</source>
            <translation>第一个残差块</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>last block</source>
            <translation>最后一个残差块</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>&amp;Continue</source>
            <translation>继续(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Pictures to train on</source>
            <translation>用于训练的图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Delete these trainings and begin again?</source>
            <translation>要删除这些训练并从头开始吗？</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>What was trained so far of {names} is lost.</source>
            <translation>{names} 迄今的训练结果将会丢失。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Training error</source>
            <translation>训练误差</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>by epoch</source>
            <translation>按轮</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>Backward signal</source>
            <translation>反向信号</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/degradation_dialog.py" />
            <source>by block, untrained</source>
            <translation>按残差块，未训练</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>Something went wrong</source>
            <translation>出错了</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>Something went wrong inside ResNet Lens</source>
            <translation>ResNet Lens 内部出错</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>Your pictures and weights are as they were. You can continue, though a part of the window may not work until the program is started again. The report below names versions and places in the program, not what is in your pictures; please add it to a bug report.</source>
            <translation>你的图片和权重没有受到影响。可以继续使用，但在重新启动程序之前，窗口的某些部分可能无法工作。下面的报告只包含版本和程序中的位置，不包含图片中的内容；请将它附在错误报告中。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>Error report</source>
            <translation>错误报告</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>&amp;Copy report</source>
            <translation>复制报告(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>C&amp;ontinue</source>
            <translation>继续(&amp;O)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>And one more error since.</source>
            <translation>此后又有 1 个错误。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>And {0} more errors since.</source>
            <translation>此后又有 {0} 个错误。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/error_dialog.py" />
            <source>The log is kept in {0}.</source>
            <translation>日志保存在 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>The last lines of the log</source>
            <translation>日志的最后几行</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>Nothing has been logged yet.</source>
            <translation>尚无日志记录。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>Times, versions and what went wrong; nothing of what is in your pictures.</source>
            <translation>时间、版本和出错信息；不包含图片中的任何内容。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>&amp;Refresh</source>
            <translation>刷新(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/log_dialog.py" />
            <source>Open log &amp;folder</source>
            <translation>打开日志文件夹(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Find a picture or class</source>
            <translation>查找图片或类别</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>less than </source>
            <translation>低于 </translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>any probability</source>
            <translation>任意概率</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Only pictures the network is less sure of than</source>
            <translation>只显示网络把握低于此值的图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Show only pictures whose first class is less probable than this</source>
            <translation>只显示首位类别的概率低于此值的图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>First class</source>
            <translation>首位类别</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Write the rows in sight, or the chosen ones, as CSV or JSON</source>
            <translation>将显示的行或选中的行写为 CSV 或 JSON</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Copy the rows in sight, or the chosen ones, as text (Ctrl+C)</source>
            <translation>将显示的行或选中的行复制为文本 (Ctrl+C)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Into folders by class</source>
            <translation>按类别放入文件夹</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Copy the pictures…</source>
            <translation>复制图片…</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Move the pictures…</source>
            <translation>移动图片…</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Could not be shown</source>
            <translation>无法显示</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>{shown} of {all} pictures</source>
            <translation>{shown} / {all} 张图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>, {n} are still to come</source>
            <translation>，还有 {n} 张待处理</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Table (*.csv)</source>
            <translation>表格 (*.csv)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/results_dialog.py" />
            <source>Export results</source>
            <translation>导出结果</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>This can’t be used: {tip}.</source>
            <translation>无法使用该值：{tip}。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>Reset {0}</source>
            <translation>重置 {0}</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>As it was at first</source>
            <translation>恢复为初始值</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>Choose: {0}</source>
            <translation>选择：{0}</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/settings_dialog.py" />
            <source>Choose a folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/shortcuts_dialog.py" />
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>What is shown</source>
            <translation>显示内容</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Nothing is being trained</source>
            <translation>当前没有训练</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Choose at the left what to train, then press Start.
Its curves appear here, epoch by epoch.</source>
            <translation>在左侧选择要训练的内容，然后点击“开始训练”。
训练曲线会逐轮显示在这里。</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Use this network</source>
            <translation>使用此网络</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Let the training wait, or go on</source>
            <translation>暂停训练，或继续训练</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>End the training after saving it; it can go on later</source>
            <translation>保存后结束训练；以后可以继续</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Look at pictures through the network of this run</source>
            <translation>用此训练任务的网络查看图片</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Earlier runs ({0})</source>
            <translation>以往的训练任务 ({0})</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Earlier runs</source>
            <translation>以往的训练任务</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>What it gets right, and what it mistakes</source>
            <translation>它答对了什么，又混淆了什么</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Every run on this disk</source>
            <translation>此磁盘上的所有训练任务</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Train a network – ResNet Lens</source>
            <translation>训练网络 – ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/dialogs/training_dialog.py" />
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>No picture, no maps</source>
            <translation>没有图片，就没有特征图</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Computing {name} …</source>
            <translation>正在计算 {name}…</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Stage</source>
            <translation>阶段</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>shortcut</source>
            <translation>捷径</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Maximum</source>
            <translation>最大值</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Above 0</source>
            <translation>大于 0</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>Receptive field</source>
            <translation>感受野</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>channel {0}</source>
            <translation>通道 {0}</translation>
        </message>
        <message>
            <location filename="../../app/explorer.py" />
            <source>There is no map to export yet.</source>
            <translation>还没有可导出的特征图。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>{0} is not an address of a picture on the web.</source>
            <translation>{0} 不是网络图片的地址。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>{0} is larger than {1} MB.</source>
            <translation>{0} 大于 {1} MB。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>{0} answered {1} {2}.</source>
            <translation>{0} 返回了 {1} {2}。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>{0} could not be reached: {1}.</source>
            <translation>无法连接到 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>The connection to {0} ended before the picture was whole.</source>
            <translation>图片尚未传完，与 {0} 的连接就中断了。</translation>
        </message>
        <message>
            <location filename="../../app/fetch.py" />
            <source>{0} gave an answer that makes no sense.</source>
            <translation>{0} 返回的内容无法理解。</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>{output}, channel {channel}</source>
            <translation>{output}，通道 {channel}</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Class asked about</source>
            <translation>所问类别</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Looked at</source>
            <translation>查看内容</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Scale</source>
            <translation>色标</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Network is</source>
            <translation>网络状态</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Computed</source>
            <translation>计算方式</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>Made with</source>
            <translation>制作软件</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>ResNet Lens {0}</source>
            <translation>ResNet Lens {0}</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>{low} to {high}</source>
            <translation>{low} 到 {high}</translation>
        </message>
        <message>
            <location filename="../../app/headings.py" />
            <source>{range}, {colours}</source>
            <translation>{range}，{colours}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>Open a picture: on it the channels are measured.</source>
            <translation>请打开一张图片：通道将在它上面测量。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>At the last stage a channel counts by its mean alone: its mean in its place changes nothing.</source>
            <translation>在最后一个阶段，通道只以均值起作用：换成自身均值不会有任何变化。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>All {0} channels of {1}, each replaced by</source>
            <translation>{1} 的全部 {0} 个通道，逐一替换为</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>The {0} channels of {1} with the highest mean, of {2}, each replaced by</source>
            <translation>{1} 的 {2} 个通道中均值最高的 {0} 个，逐一替换为</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>Measuring …</source>
            <translation>正在测量…</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>Nothing is measured yet.</source>
            <translation>尚未进行任何测量。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>Each map has its own scale, here {low} to {high}</source>
            <translation>每张特征图各用自己的色标，此处为 {low} 到 {high}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/channels.py" />
            <source>Each map is on its own scale</source>
            <translation>每张特征图各用自己的色标</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>Open a picture, then another one to compare it with.</source>
            <translation>请打开一张图片，再打开另一张与之对比。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>There is nothing to compare this picture with yet: open a second picture, bring another network to this disk, or change the network (bypass a block under Depth, or remove a channel under Channels).</source>
            <translation>还没有可与这张图片对比的对象：请打开第二张图片、将另一个网络下载到此磁盘，或更改网络（在“深度剖面”中旁路一个残差块，或在“通道”中移除一个通道）。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>asking …</source>
            <translation>询问中…</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>Asking the network …</source>
            <translation>正在询问网络…</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>One side can’t be shown.</source>
            <translation>其中一侧无法显示。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare.py" />
            <source>{sides}; difference: {apart}</source>
            <translation>{sides}；差异：{apart}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>Another picture</source>
            <translation>另一张图片</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>Another network</source>
            <translation>另一个网络</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>a picture that was removed</source>
            <translation>已移除的图片</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>This picture, {0}</source>
            <translation>此图片，{0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>This picture</source>
            <translation>此图片</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_sides.py" />
            <source>This picture, as trained</source>
            <translation>此图片，原始网络</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>{0} and {1}</source>
            <translation>{0} 和 {1}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>{stage}: {shapes}
relative L2: length of the difference, as a share of the left side; 0 = the same
cosine: 1 = the same pattern, whatever its strength
CKA: 1 = the same {positions} places look alike to both, 0 = no more than by chance (linear, debiased; as first published: {cka})</source>
            <translation>{stage}：{shapes}
相对 L2：差的长度与左侧长度之比；0 = 相同
余弦：1 = 模式相同，与强度无关
CKA：1 = 同样的 {positions} 个位置在两侧都彼此相似，0 = 不比随机更相似（线性，去偏；按最初发表的形式：{cka}）</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>Right: channel {0}</source>
            <translation>右：通道 {0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>Right: channel {0}, r = {1:.2f}</source>
            <translation>右：通道 {0}，r = {1:.2f}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>Left: channel {0}</source>
            <translation>左：通道 {0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>The maps have other sizes, {0} and {1}: there is no difference map.</source>
            <translation>两侧特征图的尺寸不同，分别为 {0} 和 {1}：没有差异图。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>Channels of {0} whose means are furthest apart: left | right</source>
            <translation>{0} 中均值相差最大的通道：左 | 右</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>Strongest channels of {0} on the left | the one on the right that correlates most (r)</source>
            <translation>左侧 {0} 中最强的通道 | 右侧与之相关性最高的通道（r）</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>{heading}; scale: {scale}</source>
            <translation>{heading}；色标：{scale}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>left</source>
            <translation>左</translation>
        </message>
        <message>
            <location filename="../../app/instruments/compare_words.py" />
            <source>right</source>
            <translation>右</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>|F(x)| / |x|</source>
            <translation>|F(x)| / |x|</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>How large what F adds is, measured by x</source>
            <translation>F 增加的量有多大，以 x 为单位</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>Change of y</source>
            <translation>y 的变化</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>How far the block's output is from what it were without F</source>
            <translation>残差块的输出与没有 F 时相差多远</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>Open a picture to measure what each block does to it.</source>
            <translation>请打开一张图片，测量每个残差块对它做了什么。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>{network} is a plain network: its blocks have no shortcut, so none of them can be bypassed, and there is no x to measure F(x) by.</source>
            <translation>{network} 是普通网络：它的块没有捷径，因此无法旁路，也没有可用来衡量 F(x) 的 x。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>x by {0}</source>
            <translation>x 的捷径：{0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>|F(x)| / |x| {0}, cosine {1}, change of y {2}</source>
            <translation>|F(x)| / |x| {0}，余弦 {1}，y 的变化 {2}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>Click: look at it; click again or Enter: its X-ray</source>
            <translation>单击：选择此残差块；再次单击或按 Enter：查看残差块透视</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>As trained: {0}</source>
            <translation>原始状态：{0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>{label}
as trained: {before:.2%}, logit {logit:.3f}</source>
            <translation>{label}
原始状态：{before:.2%}，logit {logit:.3f}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/depth.py" />
            <source>now: {after:.2%}, logit {logit:.3f} ({change:+.3f})</source>
            <translation>当前：{after:.2%}，logit {logit:.3f}（{change:+.3f}）</translation>
        </message>
        <message>
            <location filename="../../app/instruments/evidence.py" />
            <source>Open a picture to see what its predictions are made of.</source>
            <translation>请打开一张图片，查看其预测由什么构成。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/evidence.py" />
            <source>Evidence for “{0}”</source>
            <translation>“{0}”的证据</translation>
        </message>
        <message>
            <location filename="../../app/instruments/evidence.py" />
            <source>“{0}”, not “{1}”</source>
            <translation>是“{0}”而不是“{1}”</translation>
        </message>
        <message>
            <location filename="../../app/instruments/evidence.py" />
            <source>Channel {0} alone</source>
            <translation>仅通道 {0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/export.py" />
            <source>{0}
ResNet Lens {1}</source>
            <translation>{0}
ResNet Lens {1}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/export.py" />
            <source>{0} can't be written: {1}.</source>
            <translation>无法写入 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>Open a picture to show it to several networks at once.</source>
            <translation>请打开一张图片，同时给多个网络看。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>Every network is shown as it was trained, without the change made to it here.</source>
            <translation>每个网络都以训练后的原始状态显示，不含在此对它所做的更改。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>Weights are being fetched or imported: wait for that, or cancel it first.</source>
            <translation>正在下载或导入权重：请等待完成，或先取消。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>Not on this disk</source>
            <translation>不在此磁盘上</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>each photo as far as the number in its corner, each stage from 0 to its largest value</source>
            <translation>每张照片以其角上的数值为限，每个阶段从 0 到其最大值</translation>
        </message>
        <message>
            <location filename="../../app/instruments/ladder.py" />
            <source>{0} % on {1}</source>
            <translation>{1} 上 {0} %</translation>
        </message>
        <message>
            <location filename="../../app/instruments/occlusion.py" />
            <source>Open a picture to cover parts of it.</source>
            <translation>请打开一张图片，遮挡它的局部。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/occlusion.py" />
            <source>What “{0}” needs</source>
            <translation>“{0}”需要什么</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>Open pictures: the more there are, the better the patches.</source>
            <translation>请打开图片：越多，图块越有代表性。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>This channel stays silent in every picture.</source>
            <translation>此通道在所有图片中都不响应。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>None of the pictures could be looked at.</source>
            <translation>没有一张图片可供查看。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>The network is as it was trained.</source>
            <translation>网络处于训练后的原始状态。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>Each unit sees {size} × {size} px, more than the {side} × {side} px there are: the cross marks the unit with the highest value. One patch a picture; grey lies outside it.</source>
            <translation>每个单元能看到 {size} × {size} px，大于全图的 {side} × {side} px：十字标出数值最高的单元。每张图片一个图块；灰色部分在图片之外。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>All that the unit with the highest value sees: {size} × {size} px of the {side} × {side} px the network is given. One patch a picture; grey lies outside it.</source>
            <translation>数值最高的单元所能看到的全部：网络输入 {side} × {side} px 中的 {size} × {size} px。每张图片一个图块；灰色部分在图片之外。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/patches.py" />
            <source>{name}, at ({y}, {x}): click to look at it</source>
            <translation>{name}，位于 ({y}, {x})：单击查看</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape.py" />
            <source>Open a picture to see whether the network goes by its colours or its shape.</source>
            <translation>请打开一张图片，查看网络依据的是颜色还是形状。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape.py" />
            <source>Channels of {stage} that moved most: as seen | {name}, bright = strong, one scale, 0 to {high:.2f}</source>
            <translation>{stage} 中变化最大的通道：所见原图 | {name}，越亮越强，统一色标，0 到 {high:.2f}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape.py" />
            <source>{heading}; mirrored back</source>
            <translation>{heading}；已镜像还原</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape.py" />
            <source>as seen</source>
            <translation>所见原图</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>As seen</source>
            <translation>所见原图</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Blurred</source>
            <translation>模糊</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Edges</source>
            <translation>边缘</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Shuffled</source>
            <translation>打乱</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Mirrored</source>
            <translation>镜像</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>What the network saw: resized and cropped</source>
            <translation>网络所见：已缩放和裁剪</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Without colour: the brightness by Rec. 709</source>
            <translation>去除颜色：按 Rec. 709 计算的亮度</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Without fine texture: Gaussian, its sigma 1/40 of the side</source>
            <translation>去除细微纹理：高斯模糊，sigma 为边长的 1/40</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Without colour and texture: how steeply the brightness changes (Sobel)</source>
            <translation>去除颜色和纹理：亮度变化的陡峭程度（Sobel）</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Without shape: 4 × 4 patches that all change places</source>
            <translation>去除形状：4 × 4 个图块全部换位</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>Left and right exchanged: a network should hardly notice</source>
            <translation>左右互换：网络应几乎不受影响</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>here the network needs neither colour nor shape much.</source>
            <translation>这里网络对颜色和形状的需要都不大。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>here the network needs shape more than colour.</source>
            <translation>这里网络对形状的需要大于颜色。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>here the network needs colour more than shape.</source>
            <translation>这里网络对颜色的需要大于形状。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>here the network needs colour as well as shape.</source>
            <translation>这里网络既需要颜色，也需要形状。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>here the network needs colour about as much as shape.</source>
            <translation>这里网络对颜色和形状的需要大致相当。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>This network knows one class, “{0}”: it answers with that whatever it sees. The stages still move.</source>
            <translation>此网络只认识一个类别“{0}”：无论看到什么都这样回答。各阶段仍有变化。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>The network gives “{0}” only {1} to begin with: too little to say what it holds on to.</source>
            <translation>网络本来就只给“{0}” {1}：太少，无法判断它依据的是什么。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/shape_words.py" />
            <source>“{0}” has {1} as seen, {2} in grey and {3} shuffled: {4}</source>
            <translation>“{0}”在所见原图上为 {1}，灰度为 {2}，打乱为 {3}：{4}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Maps</source>
            <translation>特征图</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>What each channel of a stage or block answers to</source>
            <translation>阶段或残差块的每个通道对什么有响应</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>X-ray</source>
            <translation>残差块透视</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>One block taken apart: what comes in by the shortcut, what F adds, and their sum</source>
            <translation>拆解一个残差块：捷径带来什么，F 增加什么，二者之和</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Depth</source>
            <translation>深度剖面</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>How much each block changes what runs through it; switch blocks off and watch the predictions</source>
            <translation>每个残差块对流经数据的改变程度；关闭残差块，观察预测的变化</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Evidence</source>
            <translation>证据</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>The class's score as the exact sum of what each channel of the last stage contributes, and where in the photo</source>
            <translation>将类别的分数精确分解为最后一个阶段各通道的贡献之和，并显示来自照片何处</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Which channels of this stage matter: each one is switched off, and the change of the score measured</source>
            <translation>此阶段的哪些通道重要：逐一关闭，测量分数的变化</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Occlusion</source>
            <translation>遮挡</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Cover a part of the photo and see how much the class loses</source>
            <translation>遮住照片的一部分，看该类别下降多少</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Colour or shape?</source>
            <translation>颜色还是形状？</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>The same photo grey, blurred, as edges, shuffled, mirrored: what the network holds on to</source>
            <translation>同一张照片的灰度、模糊、边缘、打乱、镜像版本：网络依据的是什么</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Ladder</source>
            <translation>深度阶梯</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>The same photo through several networks, stage beside stage</source>
            <translation>同一张照片经过多个网络，各阶段并排显示</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Compare</source>
            <translation>对比</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Two pictures, two networks, or with and without a change: on one scale, with the difference</source>
            <translation>两张图片、两个网络，或有无更改：共用一个色标，并显示差异</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>Patches</source>
            <translation>图块</translation>
        </message>
        <message>
            <location filename="../../app/instruments/table.py" />
            <source>What in all your pictures excites this channel most, cut out to what it can see</source>
            <translation>所有图片中最能激活此通道的内容，裁剪为它所能看到的范围</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>Largest F(x)</source>
            <translation>F(x) 最大</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>Largest x</source>
            <translation>x 最大</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>Largest F(x) for its x</source>
            <translation>F(x) 相对 x 最大</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>F(x) most against x</source>
            <translation>F(x) 与 x 最相反</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>Open a picture to take the blocks apart that it runs through.</source>
            <translation>请打开一张图片，拆解它所经过的残差块。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>{network} is a plain network: its blocks have no shortcut, so there is no x to set beside F(x).</source>
            <translation>{network} 是普通网络：它的块没有捷径，因此没有可与 F(x) 并列的 x。</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>comes in by {0}</source>
            <translation>由捷径进入：{0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>comes in unchanged</source>
            <translation>原样进入</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>zero padding</source>
            <translation>补零</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>comes in thinned out, with {0} zero channels</source>
            <translation>下采样后进入，另有 {0} 个零通道</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>comes in with {0} zero channels</source>
            <translation>带着 {0} 个零通道进入</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>the block adds, by {0}</source>
            <translation>残差块所加：{0}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>switched off</source>
            <translation>已关闭</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>= x + {0}F(x)</source>
            <translation>= x + {0}F(x)</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>the sum</source>
            <translation>二者之和</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>y = ReLU(…)</source>
            <translation>y = ReLU(…)</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>only what is above 0 goes on</source>
            <translation>只有大于 0 的部分继续传递</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>Channel {0}
|F(x)| / |x| {1}, cosine {2}</source>
            <translation>通道 {0}
|F(x)| / |x| {1}，余弦 {2}</translation>
        </message>
        <message>
            <location filename="../../app/instruments/xray.py" />
            <source>#{0}:  F(x) is {1} of x, cosine {2}</source>
            <translation>#{0}：F(x) 为 x 的 {1} 倍，余弦 {2}</translation>
        </message>
        <message>
            <location filename="../../app/last_session.py" />
            <source>ResNet Lens did not end in order last time: Ctrl+Shift+T reopens what was open.</source>
            <translation>ResNet Lens 上次未正常结束：按 Ctrl+Shift+T 可重新打开当时的内容。</translation>
        </message>
        <message>
            <location filename="../../app/library.py" />
            <source>There are no weights named “{0}”.</source>
            <translation>没有名为“{0}”的权重。</translation>
        </message>
        <message>
            <location filename="../../app/library.py" />
            <source>{0} was written to {1}.</source>
            <translation>{0} 已写入 {1}。</translation>
        </message>
        <message>
            <location filename="../../app/library.py" />
            <source>{0} can't be brought back: {1}.</source>
            <translation>无法恢复 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>No link can lead to this picture: {0}.</source>
            <translation>无法生成指向此图片的链接：{0}。</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>This link can’t be opened: {0}.</source>
            <translation>无法打开此链接：{0}。</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it is too long</source>
            <translation>它太长</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it does not begin with “{0}://open?”</source>
            <translation>它不以“{0}://open?”开头</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it is not written as a link is</source>
            <translation>它的写法不符合链接的格式</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>this version does not know “{0}”</source>
            <translation>此版本不认识“{0}”</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it gives “{0}” twice</source>
            <translation>它给出了两次“{0}”</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it does not say which picture and which weights</source>
            <translation>它没有说明是哪张图片和哪个权重</translation>
        </message>
        <message>
            <location filename="../../app/links.py" />
            <source>it changes the same place twice</source>
            <translation>它对同一位置更改了两次</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>Width of the channel’s details</source>
            <translation>通道详情的宽度</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>Width of the photo’s column</source>
            <translation>照片栏的宽度</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>{0} – ResNet Lens</source>
            <translation>{0} – ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>ResNet Lens</source>
            <translation>ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>{side} × {side} px, centre crop</source>
            <translation>{side} × {side} px，中心裁剪</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>This picture can’t be shown</source>
            <translation>无法显示这张图片</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>No predictions for this picture</source>
            <translation>这张图片没有预测</translation>
        </message>
        <message>
            <location filename="../../app/main_window.py" />
            <source>Dropped picture</source>
            <translation>拖入的图片</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Picture (*.png)</source>
            <translation>图片 (*.png)</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Drawing (*.svg)</source>
            <translation>矢量图 (*.svg)</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Document (*.pdf)</source>
            <translation>文档 (*.pdf)</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Numbers, as computed (*.npy)</source>
            <translation>计算所得的数值 (*.npy)</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <location filename="../../app/maps_export.py" />
            <source>Written to {path}.</source>
            <translation>已写入 {path}。</translation>
        </message>
        <message>
            <location filename="../../app/memory.py" />
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../app/memory.py" />
            <source>&amp;Recent</source>
            <translation>最近(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>there is no such file or folder</source>
            <translation>没有这样的文件或文件夹</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>there is a file of that name already</source>
            <translation>已有同名文件</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>a part of its path is a file, not a folder</source>
            <translation>路径中的某一部分是文件而不是文件夹</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>it is a folder</source>
            <translation>它是文件夹</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>permission is denied</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>the disk can only be read</source>
            <translation>磁盘是只读的</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>the file would be too large for the disk</source>
            <translation>文件对磁盘来说太大</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>its name is too long</source>
            <translation>名称太长</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>its links lead back to itself</source>
            <translation>其链接指回自身</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>the disk has a fault</source>
            <translation>磁盘有故障</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>another program is using it</source>
            <translation>另一个程序正在使用它</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>too many files are open</source>
            <translation>打开的文件太多</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>nothing can be made there</source>
            <translation>不能在那里创建任何内容</translation>
        </message>
        <message>
            <location filename="../../app/os_errors.py" />
            <source>the system gave no reason</source>
            <translation>系统没有给出原因</translation>
        </message>
        <message>
            <location filename="../../app/probe.py" />
            <source>{output} at ({y}, {x})</source>
            <translation>{output}，位置 ({y}, {x})</translation>
        </message>
        <message>
            <location filename="../../app/probe.py" />
            <source>{output} channel {channel} at ({y}, {x}): {value}</source>
            <translation>{output} 通道 {channel}，位置 ({y}, {x})：{value}</translation>
        </message>
        <message>
            <location filename="../../app/probe.py" />
            <source>sees {width} × {height} px</source>
            <translation>可看到 {width} × {height} px</translation>
        </message>
        <message>
            <location filename="../../app/probe.py" />
            <source>sees {width} × {height} px of {size} × {size}, the rest is outside</source>
            <translation>可看到 {size} × {size} 中的 {width} × {height} px，其余在图片之外</translation>
        </message>
        <message>
            <location filename="../../app/recent.py" />
            <source>Nothing yet</source>
            <translation>暂无内容</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>{n} rows were written to {path}.</source>
            <translation>已将 {n} 行写入 {path}。</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>None of these pictures is a file that was classified.</source>
            <translation>这些图片都不是已分类的文件。</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>Where the folders of the classes shall be</source>
            <translation>各类别文件夹的存放位置</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>moved</source>
            <translation>已移动</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>{n} pictures were {verb}.</source>
            <translation>{verb} {n} 张图片。</translation>
        </message>
        <message>
            <location filename="../../app/results.py" />
            <source>That was undone.</source>
            <translation>已撤销。</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>it names more than {0} channels</source>
            <translation>它列出的通道超过 {0} 个</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>The network is changed by something that is no number</source>
            <translation>对网络的更改中有不是数字的内容</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is no number that can be meant</source>
            <translation>“{0}”不是有意义的数字</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is no patch: its top, left and side in pixels</source>
            <translation>“{0}”不是遮挡块：应为以像素计的上边距、左边距和边长</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is no whole number from 0 to {1}</source>
            <translation>“{0}”不是 0 到 {1} 之间的整数</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a block’s gate is no number</source>
            <translation>某个残差块的倍数不是数字</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a block’s gate is too large</source>
            <translation>某个残差块的倍数太大</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>an output</source>
            <translation>输出</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a block</source>
            <translation>残差块</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a stage</source>
            <translation>阶段</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a picture’s SHA-256</source>
            <translation>图片的 SHA-256</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is none of the instruments {1}</source>
            <translation>“{0}”不是分析工具 {1} 之一</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>the picture’s name is empty or too long</source>
            <translation>图片的名称为空或太长</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>a path is empty, too long or no path</source>
            <translation>某个路径为空、太长或不是路径</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is not on this computer</source>
            <translation>“{0}”不在这台电脑上</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” is no picture file</source>
            <translation>“{0}”不是图片文件</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” does not say where the picture is</source>
            <translation>“{0}”没有说明图片在哪里</translation>
        </message>
        <message>
            <location filename="../../app/scene.py" />
            <source>“{0}” names no {1}</source>
            <translation>“{0}”没有指明{1}</translation>
        </message>
        <message>
            <location filename="../../app/screenshot.py" />
            <source>The picture could not be written to {0}.</source>
            <translation>无法将图片写入 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/screenshot.py" />
            <source>The window does not fit into {0}x{1} px: it needs {2}.</source>
            <translation>窗口放不进 {0}x{1} px：它需要 {2}。</translation>
        </message>
        <message>
            <location filename="../../app/screenshot.py" />
            <source>The window did not come to rest in two minutes, so no picture of it was taken.</source>
            <translation>窗口在两分钟内未能就绪，因此没有截图。</translation>
        </message>
        <message>
            <location filename="../../app/session.py" />
            <source>What was changed in the other network does not fit {0}, which runs as trained.</source>
            <translation>对另一个网络所做的更改不适用于 {0}，后者以原始状态运行。</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>it is too large</source>
            <translation>它太大</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>{0} can’t be opened: {1}.</source>
            <translation>无法打开 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>{0} is no session that can be opened: {1}.</source>
            <translation>{0} 不是可以打开的会话：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>it is not JSON</source>
            <translation>它不是 JSON</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>it was not written by ResNet Lens</source>
            <translation>它不是由 ResNet Lens 写入的</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>it was written by a newer version of ResNet Lens</source>
            <translation>它由更新版本的 ResNet Lens 写入</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its pictures are no list of paths</source>
            <translation>其中的图片不是路径列表</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its current picture is none of its pictures</source>
            <translation>其中的当前图片不在它的图片之列</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its device or precision is none</source>
            <translation>其中的设备或精度无效</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its “{0}” is missing or damaged</source>
            <translation>其中的“{0}”缺失或已损坏</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its “{0}” is damaged</source>
            <translation>其中的“{0}”已损坏</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its “change” is damaged</source>
            <translation>其中的“change”已损坏</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>its “layout” is damaged</source>
            <translation>其中的“layout”已损坏</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>{0} pictures are not there any more: {1} and {2} more.</source>
            <translation>{0} 张图片已不在原处：{1} 以及另外 {2} 张。</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>{0} is not there any more.</source>
            <translation>{0} 已不在原处。</translation>
        </message>
        <message>
            <location filename="../../app/session_file.py" />
            <source>{0} and {1} are not there any more.</source>
            <translation>{0} 和 {1} 已不在原处。</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>The settings could not be read ({0}): the defaults are used.</source>
            <translation>无法读取设置（{0}）：将使用默认值。</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>The settings could not be saved in {0}: {1}.</source>
            <translation>无法将设置保存到 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>too large</source>
            <translation>太大</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>no object</source>
            <translation>不是对象</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>The settings file is damaged: the defaults are used.</source>
            <translation>设置文件已损坏：将使用默认值。</translation>
        </message>
        <message>
            <location filename="../../app/settings.py" />
            <source>The settings file was damaged: the defaults are used, and the old file is kept as {0}.</source>
            <translation>设置文件已损坏：将使用默认值，旧文件保留为 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Window</source>
            <translation>窗口</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Light or dark</source>
            <translation>浅色或深色</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Of everything in the window; the command line speaks English</source>
            <translation>窗口中所有内容的语言；命令行使用英文</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Motion</source>
            <translation>动画</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Whether menus and tooltips fade, and bars run where nobody knows how far it is</source>
            <translation>菜单和提示是否淡入淡出，进度未知时进度条是否滚动</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Reduced</source>
            <translation>减弱</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Classes listed</source>
            <translation>列出的类别数</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>How many predictions are shown</source>
            <translation>显示多少个预测</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Feature maps</source>
            <translation>特征图</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Channels first by</source>
            <translation>通道排序依据</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>What puts a channel first</source>
            <translation>决定通道先后的依据</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Variance</source>
            <translation>方差</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Whether a colour means the same value in all channels</source>
            <translation>同一颜色在所有通道中是否表示相同的数值</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>One for the stage</source>
            <translation>整个阶段共用一个</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>One for each channel</source>
            <translation>每个通道各用一个</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Colours</source>
            <translation>配色</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Of maps that are never negative</source>
            <translation>用于没有负值的特征图</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Where networks run</source>
            <translation>网络在何处运行</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>The fastest that works</source>
            <translation>可用设备中最快的</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Exact: float32. Fast: 16 bits where the device has them</source>
            <translation>精确：float32。快速：16 位（设备支持时）</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Exact</source>
            <translation>精确</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Fast</source>
            <translation>快速</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Processor cores</source>
            <translation>处理器核心数</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>How many a network may use at once</source>
            <translation>一个网络最多可同时使用多少个</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>As many as help</source>
            <translation>按需自动决定</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Download mirror</source>
            <translation>下载镜像</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>A web folder that is asked before the publisher of weights is</source>
            <translation>先于权重发布者访问的网络文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>None: https://…</source>
            <translation>无：https://…</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Data folder</source>
            <translation>数据文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>Where CIFAR-10 is looked for, and downloaded to</source>
            <translation>在此查找 CIFAR-10，并下载到此处</translation>
        </message>
        <message>
            <location filename="../../app/settings_table.py" />
            <source>The program’s own</source>
            <translation>程序自带的文件夹</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>There is nothing to export yet.</source>
            <translation>还没有可导出的内容。</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Numbers and where they come from (*.json)</source>
            <translation>数值及其来源 (*.json)</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Table for a spreadsheet (*.csv)</source>
            <translation>电子表格 (*.csv)</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Array, as computed (*.npy)</source>
            <translation>数组，计算所得 (*.npy)</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Arrays, as computed (*.npz)</source>
            <translation>多个数组，计算所得 (*.npz)</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Open a picture first: a link says which one is looked at.</source>
            <translation>请先打开一张图片：链接会说明查看的是哪一张。</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>The link is on the clipboard: paste it into any ResNet Lens window on this computer.</source>
            <translation>链接已复制到剪贴板：可粘贴到这台电脑上的任意 ResNet Lens 窗口。</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>There is nothing to save yet: no picture is open.</source>
            <translation>还没有可保存的内容：没有打开任何图片。</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>session</source>
            <translation>会话</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>ResNet Lens session (*.lens)</source>
            <translation>ResNet Lens 会话 (*.lens)</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Save session</source>
            <translation>保存会话</translation>
        </message>
        <message>
            <location filename="../../app/taking_along.py" />
            <source>Pictures that are no files on this computer’s disks are not in it: {count}.</source>
            <translation>其中不含并非此电脑磁盘上文件的图片：{count} 张。</translation>
        </message>
        <message>
            <location filename="../../app/tasks.py" />
            <source>There is not enough memory for this.</source>
            <translation>内存不足，无法执行此操作。</translation>
        </message>
        <message>
            <location filename="../../app/tasks.py" />
            <source>Something went wrong inside the program ({0}).</source>
            <translation>程序内部出错（{0}）。</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>exact ({0})</source>
            <translation>精确（{0}）</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>fast ({0})</source>
            <translation>快速（{0}）</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0} M parameters</source>
            <translation>{0} M 参数</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0} GMAC</source>
            <translation>{0} GMAC</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0} bypassed</source>
            <translation>{0} 已旁路</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0}: channel {1} removed</source>
            <translation>{0}：通道 {1} 已移除</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0}: channel {1} alone</source>
            <translation>{0}：仅通道 {1}</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0}: {1} channels changed</source>
            <translation>{0}：{1} 个通道已更改</translation>
        </message>
        <message>
            <location filename="../../app/texts.py" />
            <source>{0} blocks changed</source>
            <translation>{0} 个残差块已更改</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Toolbar</source>
            <translation>工具栏</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Open…</source>
            <translation>打开…</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Folder…</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Train…</source>
            <translation>训练…</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>All actions, with their keys</source>
            <translation>所有操作及其快捷键</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Import weights</source>
            <translation>导入权重</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Weights (*.safetensors *.pth *.pt *.bin);;All files (*)</source>
            <translation>权重 (*.safetensors *.pth *.pt *.bin);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>safetensors (*.safetensors)</source>
            <translation>safetensors (*.safetensors)</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>PyTorch, torchvision (*.pth)</source>
            <translation>PyTorch，torchvision (*.pth)</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Export weights</source>
            <translation>导出权重</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Put {id} into the trash?</source>
            <translation>要将 {id} 移到回收站吗？</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>{0} can’t be put into the trash. Delete it for good?</source>
            <translation>{0} 无法移到回收站。要永久删除吗？</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Auto · {name}</source>
            <translation>自动 · {name}</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>Auto</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../app/toolbar.py" />
            <source>{0}: to download</source>
            <translation>{0}：待下载</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>{0}, which was trained on last, is not there any more.</source>
            <translation>上次训练所用的 {0} 已不在原处。</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>CIFAR-10 is not on this computer. Download it, or choose a folder: the one CIFAR-10 is in, or one with a sub-folder of pictures for each class.</source>
            <translation>这台电脑上没有 CIFAR-10。请下载，或选择一个文件夹：存放 CIFAR-10 的文件夹，或每个类别各有一个图片子文件夹的文件夹。</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>{0} and {1} more</source>
            <translation>{0} 以及另外 {1} 个</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>{0} classes, {1} pictures: {2}.</source>
            <translation>{0} 个类别，{1} 张图片：{2}。</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>1 file is no picture.</source>
            <translation>有 1 个文件不是图片。</translation>
        </message>
        <message>
            <location filename="../../app/training/data.py" />
            <source>{0} files are no pictures.</source>
            <translation>有 {0} 个文件不是图片。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>Stopped after {0}. Nothing is lost: it can go on.</source>
            <translation>{0}后停止。没有任何损失：可以继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>The training failed.</source>
            <translation>训练失败。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>The run’s folder {0} is gone, so it can’t go on.</source>
            <translation>训练任务的文件夹 {0} 已不存在，因此无法继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>was killed, perhaps by the system for want of memory</source>
            <translation>被强制终止，可能是系统因内存不足所为</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>crashed (signal {0})</source>
            <translation>崩溃（信号 {0}）</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>, after {0}</source>
            <translation>（{0}之后）</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>What was saved last{0}, is kept: resume it.</source>
            <translation>最后保存的内容{0}仍在：可以继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>What was saved last is kept: resume it.</source>
            <translation>最后保存的内容仍在：可以继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>Nothing was saved yet; it can be started again.</source>
            <translation>尚未保存任何内容；可以重新开始。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>The training process {0}. {1}</source>
            <translation>训练进程{0}。{1}</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>not enough memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>Finished: {0} % of {1} test pictures right.</source>
            <translation>已完成：{1} 张测试图片中答对 {0} %。</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>{0} epoch</source>
            <translation>{0} 轮</translation>
        </message>
        <message>
            <location filename="../../app/training/ends.py" />
            <source>{0} epochs</source>
            <translation>{0} 轮</translation>
        </message>
        <message>
            <location filename="../../app/training/follower.py" />
            <source>Something went wrong inside the program ({0}: {1}).</source>
            <translation>程序内部出错（{0}：{1}）。</translation>
        </message>
        <message>
            <location filename="../../app/training/follower.py" />
            <source>{0} was stopped before it began.</source>
            <translation>{0} 在开始之前就已停止。</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>For CIFAR-10 (He et al. 2015, 4.2)</source>
            <translation>用于 CIFAR-10（He 等人 2015，4.2）</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>Plain, without shortcuts</source>
            <translation>普通网络，不带捷径</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>CIFAR-10</source>
            <translation>CIFAR-10</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>Connecting …</source>
            <translation>正在连接…</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>The download was called off; what came is kept.</source>
            <translation>下载已取消；已下载的部分会保留。</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>A folder of classes, or CIFAR-10’s</source>
            <translation>按类别分的文件夹，或 CIFAR-10 的文件夹</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>CIFAR-10’s archive</source>
            <translation>CIFAR-10 的压缩包</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>Archives (*.tar.gz *.tgz);;All files (*)</source>
            <translation>压缩包 (*.tar.gz *.tgz);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>One training at a time: the next one can start when this one has ended.</source>
            <translation>一次只能进行一个训练：当前训练结束后才能开始下一个。</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>A name needs a letter from a to z, or a digit.</source>
            <translation>名称中至少要有一个 a 到 z 的字母或一个数字。</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>There is a run named “{0}” already.</source>
            <translation>已有名为“{0}”的训练任务。</translation>
        </message>
        <message>
            <location filename="../../app/training/preparation.py" />
            <source>The run will be named “{0}”.</source>
            <translation>训练任务将命名为“{0}”。</translation>
        </message>
        <message>
            <location filename="../../app/training/questions.py" />
            <source>&amp;Resume</source>
            <translation>继续(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../app/training/questions.py" />
            <source>D&amp;iscard</source>
            <translation>丢弃(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../app/training/questions.py" />
            <source>Re&amp;move …</source>
            <translation>移除(&amp;M)…</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0} of {1} epochs</source>
            <translation>{0} / {1} 轮</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0} of {1} epochs · step {2}</source>
            <translation>{0} / {1} 轮 · 第 {2} 步</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Epoch {0} of {1} · step {2}</source>
            <translation>第 {0} / {1} 轮 · 第 {2} 步</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Epoch {0} · step {2}</source>
            <translation>第 {0} 轮 · 第 {2} 步</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0}, {1} M parameters</source>
            <translation>{0}，{1} M 参数</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0}, {1} classes</source>
            <translation>{0}，{1} 个类别</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Pictures to train, validate, test</source>
            <translation>训练、验证、测试图片数</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Batches</source>
            <translation>批次</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0} pictures, {1} an epoch</source>
            <translation>{0} 张图片，每轮 {1} 批</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Runs on</source>
            <translation>运行于</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>1 file</source>
            <translation>1 个文件</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>{0} files</source>
            <translation>{0} 个文件</translation>
        </message>
        <message>
            <location filename="../../app/training/record.py" />
            <source>Skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <location filename="../../app/training/results_page.py" />
            <source>{0} is in use.</source>
            <translation>正在使用 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/training/results_presenter.py" />
            <source>results pictures</source>
            <translation>结果图片</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>On this computer: {0} images/s in {1}, about {2} an epoch. {3} epochs take about {4}.</source>
            <translation>在这台电脑上：{1} 下 {0} 张图片/s，每轮约 {2}。{3} 轮大约需要 {4}。</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>On this computer: {0} images/s in {1}, about {2} an epoch. {3} minutes are about {4} epochs.</source>
            <translation>在这台电脑上：{1} 下 {0} 张图片/s，每轮约 {2}。{3} 分钟大约是 {4} 轮。</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>1 second</source>
            <translation>1 秒</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>1 minute</source>
            <translation>1 分钟</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>1 hour</source>
            <translation>1 小时</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>1 day</source>
            <translation>1 天</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>{0} seconds</source>
            <translation>{0} 秒</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>{0} minutes</source>
            <translation>{0} 分钟</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>{0} hours</source>
            <translation>{0} 小时</translation>
        </message>
        <message>
            <location filename="../../app/training/setup.py" />
            <source>{0} days</source>
            <translation>{0} 天</translation>
        </message>
        <message>
            <location filename="../../app/training/shelf.py" />
            <source>Remove the run {0}?</source>
            <translation>要移除训练任务 {0} 吗？</translation>
        </message>
        <message>
            <location filename="../../app/training/shelf.py" />
            <source>Its curves and its saved state go. Weights it made stay.</source>
            <translation>其曲线和已保存的状态将被删除，所生成的权重会保留。</translation>
        </message>
        <message>
            <location filename="../../app/training/shelf.py" />
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>at epoch {0} of {1}</source>
            <translation>在第 {0} 轮（共 {1} 轮）</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>after {0} epochs</source>
            <translation>在 {0} 轮之后</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>{0} stopped {1}.</source>
            <translation>{0} {1}停止。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>{0} was interrupted {1}.</source>
            <translation>{0} {1}中断。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>{0} failed {1}.</source>
            <translation>{0} {1}失败。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>What {0} had saved was damaged, so it begins anew. The damaged file is kept as last.pt.bad in its folder.</source>
            <translation>{0} 保存的内容已损坏，因此从头开始。损坏的文件在其文件夹中保留为 last.pt.bad。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>Interrupted {0}: its process ended. It can go on.</source>
            <translation>{0}中断：其进程已结束。可以继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>Not begun yet.</source>
            <translation>尚未开始。</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>Resume at rate {0}</source>
            <translation>以学习率 {0} 继续</translation>
        </message>
        <message>
            <location filename="../../app/training/texts.py" />
            <source>Resume with batches of {0}</source>
            <translation>以批大小 {0} 继续</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>This package of ResNet Lens looks at networks, but does not train them</source>
            <translation>此 ResNet Lens 安装包只能查看网络，不能训练网络</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>Training needs PyTorch, which this installation does not have. Install the full package of ResNet Lens, or run “pip install resnet-lens[torch]”.</source>
            <translation>训练需要 PyTorch，而当前安装中没有。请安装 ResNet Lens 的完整安装包，或运行“pip install resnet-lens[torch]”。</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>Training – ResNet Lens</source>
            <translation>训练 – ResNet Lens</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>Training is under way</source>
            <translation>训练正在进行</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>A training is paused</source>
            <translation>有一个训练已暂停</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>{0} can go on without this window; the next time you open it, it is shown there. Stopped, it keeps everything it has learned and can be resumed.</source>
            <translation>{0} 可以在没有此窗口的情况下继续；下次打开窗口时会显示出来。若停止，它会保留学到的全部内容，以后可以继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>Let it go on</source>
            <translation>让它继续</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>Stop it</source>
            <translation>停止训练</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>{0} is being trained. Ctrl+T shows how it goes.</source>
            <translation>正在训练 {0}。按 Ctrl+T 查看进展。</translation>
        </message>
        <message>
            <location filename="../../app/training/training.py" />
            <source>{0} Ctrl+T opens it.</source>
            <translation>{0} 按 Ctrl+T 打开。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Jan</source>
            <translation>1 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Feb</source>
            <translation>2 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Mar</source>
            <translation>3 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Apr</source>
            <translation>4 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>May</source>
            <translation>5 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Jun</source>
            <translation>6 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Jul</source>
            <translation>7 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Aug</source>
            <translation>8 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Sep</source>
            <translation>9 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Oct</source>
            <translation>10 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Nov</source>
            <translation>11 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Dec</source>
            <translation>12 月</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>{0} % of the test pictures right</source>
            <translation>测试图片答对 {0} %</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>{0} on validation</source>
            <translation>验证集上 {0}</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>today {0}</source>
            <translation>今天 {0}</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>yesterday {0}</source>
            <translation>昨天 {0}</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>{day} {month} {year}</source>
            <translation>{year} 年 {month} {day} 日</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>pausing …</source>
            <translation>正在暂停…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>resuming …</source>
            <translation>正在继续…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>stopping …</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Going on after {0} epochs …</source>
            <translation>从第 {0} 轮之后继续…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Starting …</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Skipped:</source>
            <translation>已跳过：</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>{0} is being trained meanwhile.</source>
            <translation>目前正在训练 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Saved {0} ago.</source>
            <translation>已于 {0} 前保存。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Starting: loading PyTorch and the pictures takes some seconds.</source>
            <translation>正在启动：加载 PyTorch 和图片需要几秒钟。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>You can close this window: training goes on.</source>
            <translation>可以关闭此窗口：训练会继续。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Pausing after this step …</source>
            <translation>当前这一步完成后暂停…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Paused and saved. Nothing is computed until you resume.</source>
            <translation>已暂停并保存。继续之前不会进行任何计算。</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Going on …</source>
            <translation>正在继续…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>Stopping: its state is being saved …</source>
            <translation>正在停止：正在保存状态…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>PyTorch is still being loaded: it pauses before the first step …</source>
            <translation>仍在加载 PyTorch：将在第一步之前暂停…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>PyTorch is still being loaded: it ends before the first step …</source>
            <translation>仍在加载 PyTorch：将在第一步之前结束…</translation>
        </message>
        <message>
            <location filename="../../app/training/views.py" />
            <source>This run</source>
            <translation>此训练任务</translation>
        </message>
        <message>
            <location filename="../../app/training_process.py" />
            <source>The training process can't be started: {0}.</source>
            <translation>无法启动训练进程：{0}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_block_chooser.py" />
            <source>Block</source>
            <translation>残差块</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_change_rows.py" />
            <source>Predictions as trained and now</source>
            <translation>预测：原始与当前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_class_changes.py" />
            <source>Change of each logit</source>
            <translation>各 logit 的变化</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_class_changes.py" />
            <source>Without it, each logit changes by</source>
            <translation>移除它后，各 logit 的变化</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_colour_bar.py" />
            <source>How many of the map's values have each colour (taller: more, on a root scale)</source>
            <translation>每种颜色对应多少个特征图数值（越高越多，平方根刻度）</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_maps.py" />
            <source>The channel on both sides, and the difference</source>
            <translation>通道在两侧的特征图及其差异</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_maps.py" />
            <source>right weaker {0} 0 {0} right stronger</source>
            <translation>右侧较弱 {0} 0 {0} 右侧较强</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_maps.py" />
            <source>0, one scale for both</source>
            <translation>0，两侧共用一个色标</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_maps.py" />
            <source>one scale for both</source>
            <translation>两侧共用一个色标</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_maps.py" />
            <source>Right {0} left</source>
            <translation>右 {0} 左</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>Predictions and distances</source>
            <translation>预测与距离</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>Predictions</source>
            <translation>预测</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>change</source>
            <translation>变化</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>1 {0} CKA</source>
            <translation>1 {0} CKA</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>relative L2</source>
            <translation>相对 L2</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>Distance by stage: {0}</source>
            <translation>各阶段的距离：{0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>rel. L2</source>
            <translation>相对 L2</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_compare_tables.py" />
            <source>{label}: {left} left, {right} right, a change of {points} percentage points</source>
            <translation>{label}：左 {left}，右 {right}，变化 {points} 个百分点</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_depth_chart.py" />
            <source>How much each block changes what runs through it</source>
            <translation>每个残差块对流经数据的改变程度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_depth_chart.py" />
            <source>{0}, switched off</source>
            <translation>{0}，已关闭</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_depth_chart.py" />
            <source>Switch F of {0} on</source>
            <translation>打开 {0} 的 F</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_depth_chart.py" />
            <source>Switch F of {0} off: x passes by alone</source>
            <translation>关闭 {0} 的 F：只让 x 通过</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>Channels, the largest effect first</source>
            <translation>通道，影响最大的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>None of these channels changes the logit of “{0}”.</source>
            <translation>这些通道都不改变“{0}”的 logit。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>Without it, the logit of “{0}” falls</source>
            <translation>移除它后，“{0}”的 logit 下降</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>… rises</source>
            <translation>…上升</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>Channel {0}: without it the logit of “{1}” changes by {2}, its probability by {3} points</source>
            <translation>通道 {0}：移除它后，“{1}”的 logit 变化 {2}，概率变化 {3} 个百分点</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>A first look in a faster arithmetic: not measured exactly yet</source>
            <translation>这是用更快的运算得到的初步结果，尚未精确测量</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>Most probable is then “{0}”</source>
            <translation>此时概率最高的是“{0}”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_effect_rows.py" />
            <source>It is switched off now</source>
            <translation>目前已关闭</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_error_panel.py" />
            <source>Retry</source>
            <translation>重试</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_error_panel.py" />
            <source>Choose file …</source>
            <translation>选择文件…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_error_panel.py" />
            <source>Close (Esc)</source>
            <translation>关闭 (Esc)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>maximum</source>
            <translation>最大值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>variance</source>
            <translation>方差</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>channel</source>
            <translation>通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>stage</source>
            <translation>阶段</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>Rank by</source>
            <translation>排序</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>Whether a colour means the same value in all channels of the stage</source>
            <translation>同一颜色在此阶段的所有通道中是否表示相同的数值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_grid_heading.py" />
            <source>Save these maps as one picture</source>
            <translation>将这些特征图保存为一张图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>Networks side by side</source>
            <translation>并排的多个网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>not asked yet</source>
            <translation>尚未询问</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>answer</source>
            <translation>回答</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>time</source>
            <translation>用时</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>params</source>
            <translation>参数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>has no {stage}</source>
            <translation>没有 {stage}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>Download</source>
            <translation>下载</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_columns.py" />
            <source>Click: use this network</source>
            <translation>单击：使用此网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_layout.py" />
            <source>{stage} of {network}: {shape}, its {count} channels with the highest means
On one scale, from 0 to the largest value of the stage: {highest}</source>
            <translation>{network} 的 {stage}：{shape}，其均值最高的 {count} 个通道
统一色标，从 0 到该阶段的最大值：{highest}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_ladder_layout.py" />
            <source>{label} {probability}
{ms} for one inference, {params} parameters, {layers} layers
Over the photo: the evidence for “{label}”, orange for it, blue against it</source>
            <translation>{label} {probability}
单次推理 {ms}，参数 {params}，{layers} 层
照片上叠加的是“{label}”的证据：橙色为支持，蓝色为反对</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_map_pairs.py" />
            <source>channel {channel}: mean {before} {left}, {after} {right}</source>
            <translation>通道 {channel}：均值 {before}（{left}），{after}（{right}）</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_numbers.py" />
            <source>not a number</source>
            <translation>非数值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_occlusion_views.py" />
            <source>Photo with a movable patch</source>
            <translation>照片，带可移动的遮挡块</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_occlusion_views.py" />
            <source>Patch of {0} px at row {1}, column {2}</source>
            <translation>{0} px 的遮挡块，位于第 {1} 行，第 {2} 列</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_occlusion_views.py" />
            <source>What each place is worth</source>
            <translation>每个位置的重要程度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_occlusion_views.py" />
            <source>Not measured yet</source>
            <translation>尚未测量</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>Strength of the overlay</source>
            <translation>叠加强度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>How strongly the overlay covers the photo</source>
            <translation>叠加层遮盖照片的程度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>Orange for, blue against</source>
            <translation>橙色支持，蓝色反对</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>The brighter, the more</source>
            <translation>越亮越强</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>smoothed</source>
            <translation>已平滑</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_overlay_strip.py" />
            <source>The map has {0} by {1} values; between them the colours over the photo are interpolated</source>
            <translation>特征图有 {0} × {1} 个值；其间照片上的颜色由插值得到</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_results.py" />
            <source>{true} recognised: {count} of {of}</source>
            <translation>“{true}”识别正确：{count} / {of}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_results.py" />
            <source>{true} taken for {answer}: {count} of {of}</source>
            <translation>“{true}”误认为“{answer}”：{count} / {of}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>Variants of the picture</source>
            <translation>图片的变体</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>How far each stage moved from the picture as seen: means of its channels, relative L2</source>
            <translation>各阶段相对于所见原图变化了多少：各通道的均值，相对 L2</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>Show the channels of {stage}</source>
            <translation>显示 {stage} 的通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>place by place: not compared, the patches are elsewhere</source>
            <translation>逐位置：未比较，图块已换位</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>place by place: {0}</source>
            <translation>逐位置：{0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_shape_cards.py" />
            <source>{stage}, {name}
means of the channels: {means}
{by_place}
0 = not moved</source>
            <translation>{stage}，{name}
各通道的均值：{means}
{by_place}
0 = 没有变化</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Ad&amp;vanced</source>
            <translation>高级(&amp;V)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Back to what is suggested</source>
            <translation>恢复为建议值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Nesterov SGD</source>
            <translation>Nesterov SGD</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>AdamW</source>
            <translation>AdamW</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Optimizer</source>
            <translation>优化器</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>How steps are made; each has learning rates of its own</source>
            <translation>更新的方式；每种优化器各有合适的学习率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>The peak of the cycle</source>
            <translation>整个周期中的峰值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Pictures that make one step</source>
            <translation>每一步使用的图片数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Not of batch norm and biases</source>
            <translation>不含批归一化参数和偏置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Label smoothing</source>
            <translation>标签平滑</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>How unsure it may stay</source>
            <translation>允许它保留多少不确定</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>EMA decay</source>
            <translation>EMA 衰减</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>The network that is judged is the average of the last ones; 0: no average</source>
            <translation>参与评判的网络是最近若干步网络的平均；0：不取平均</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Cutout, px</source>
            <translation>Cutout，px</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Side of a square to grey out; 0: none</source>
            <translation>涂灰的正方形边长；0：不使用</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Mixup α</source>
            <translation>Mixup α</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Pairs of pictures are mixed; 0: they are not</source>
            <translation>图片两两混合；0：不混合</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Grow from, px</source>
            <translation>起始边长，px</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Side of the pictures at first: small ones are learned faster; 0: full size from the start</source>
            <translation>最初使用的图片边长：小图片学得更快；0：从一开始就用完整尺寸</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Stem</source>
            <translation>输入层</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>3×3 for small pictures, 7×7 with pooling for large ones; weights bring their own</source>
            <translation>小图片用 3×3，大图片用 7×7 加池化；权重自带其输入层</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Input, px</source>
            <translation>输入，像素</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Side of what the network reads</source>
            <translation>网络所读图片的边长</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Pictures</source>
            <translation>图片数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Train on about so many pictures only</source>
            <translation>只用大约这么多张图片训练</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Of everything that is random</source>
            <translation>所有随机过程的种子</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Where to train</source>
            <translation>训练所用的设备</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Auto: what a two-second measurement finds to be fastest</source>
            <translation>自动：由两秒钟的测量选出最快的</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>Deterministic</source>
            <translation>确定性</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>The same numbers in every run; may be slower</source>
            <translation>每次训练得到相同的数值；可能较慢</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>unfolded</source>
            <translation>已展开</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>folded</source>
            <translation>已折叠</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>learning rate {0}</source>
            <translation>学习率 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>batch {0}</source>
            <translation>批 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>label smoothing {0}</source>
            <translation>标签平滑 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>EMA</source>
            <translation>EMA</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>no EMA</source>
            <translation>无 EMA</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>cutout {0} px</source>
            <translation>cutout {0} px</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>mixup {0}</source>
            <translation>mixup {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>growing from {0} px</source>
            <translation>边长从 {0} px 起增大</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>{0} pictures</source>
            <translation>{0} 张图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>seed {0}</source>
            <translation>种子 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_advanced.py" />
            <source>, </source>
            <translation>，</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Budget</source>
            <translation>预算</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Quick</source>
            <translation>快速</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>10 minutes: enough to see it learn</source>
            <translation>10 分钟：足以看出它在学习</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>60 min</source>
            <translation>60 分钟</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>One hour of training and validating</source>
            <translation>训练和验证共一小时</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Best</source>
            <translation>最佳</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>As long as the recipe needs to get the most out of it</source>
            <translation>按训练方案达到最好效果所需的时长</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Epochs …</source>
            <translation>轮数…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Your own number of epochs or minutes</source>
            <translation>自定义轮数或分钟数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>How long</source>
            <translation>训练时长</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>epochs</source>
            <translation>轮</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>minutes</source>
            <translation>分钟</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_budget.py" />
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>CIFAR-10 on this computer</source>
            <translation>这台电脑上的 CIFAR-10</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>A folder of classes, or CIFAR-10’s …</source>
            <translation>按类别分的文件夹，或 CIFAR-10 的文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>CIFAR-10’s archive …</source>
            <translation>CIFAR-10 的压缩包…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Download CIFAR-10 (170 MB)</source>
            <translation>下载 CIFAR-10 (170 MB)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Download of CIFAR-10</source>
            <translation>下载 CIFAR-10</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Cancel the download</source>
            <translation>取消下载</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Cancel: what has arrived is kept</source>
            <translation>取消：已下载的部分会保留</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Download (170 MB)</source>
            <translation>下载 (170 MB)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Choose …</source>
            <translation>选择…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>looking …</source>
            <translation>正在查找…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>verifying …</source>
            <translation>正在校验…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>downloading</source>
            <translation>正在下载</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>verified</source>
            <translation>已校验</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>can’t be used</source>
            <translation>无法使用</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>No data set</source>
            <translation>没有数据集</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>{0} of {1} MB</source>
            <translation>{0} / {1} MB</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_data.py" />
            <source>Unpacking …</source>
            <translation>正在解压…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_fields.py" />
            <source>No</source>
            <translation>否</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_fields.py" />
            <source>Yes</source>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_training_fields.py" />
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>What each channel contributes</source>
            <translation>每个通道的贡献</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>Bias</source>
            <translation>偏置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>Sum</source>
            <translation>总和</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>1 more channel</source>
            <translation>另外 1 个通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>{0} more channels</source>
            <translation>另外 {0} 个通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>Channel</source>
            <translation>通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>weight</source>
            <translation>权重</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>added up from top to bottom</source>
            <translation>自上而下累加</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>adds</source>
            <translation>贡献</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_waterfall.py" />
            <source>Channel {0}: weight {1} {2} mean of its map {3} = {4}. Click to look at its map.</source>
            <translation>通道 {0}：权重 {1} {2} 特征图均值 {3} = {4}。单击查看其特征图。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_xray_maps.py" />
            <source>Shortcut, F(x), their sum and what the ReLU leaves, channel by channel</source>
            <translation>捷径、F(x)、二者之和以及 ReLU 之后的结果，逐通道显示</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_xray_maps.py" />
            <source>Channel {0}, means: {1}</source>
            <translation>通道 {0}，均值：{1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/_xray_maps.py" />
            <source>Taking the block apart …</source>
            <translation>正在拆解残差块…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/calibration_plot.py" />
            <source>Calibration</source>
            <translation>校准</translation>
        </message>
        <message>
            <location filename="../../app/widgets/calibration_plot.py" />
            <source>Sure by {low} to {high}: {count} answers</source>
            <translation>把握在 {low} 到 {high} 之间：{count} 个回答</translation>
        </message>
        <message>
            <location filename="../../app/widgets/calibration_plot.py" />
            <source>, {0} of them right</source>
            <translation>，其中 {0} 正确</translation>
        </message>
        <message>
            <location filename="../../app/widgets/calibration_plot.py" />
            <source>how sure it was</source>
            <translation>把握程度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Ablate</source>
            <translation>消融</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Solo</source>
            <translation>单独保留</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>See what in all your pictures excites this channel most (F12)</source>
            <translation>查看所有图片中最能激活此通道的内容 (F12)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Save this channel</source>
            <translation>保存此通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Save this channel as a picture or as numbers</source>
            <translation>将此通道保存为图片或数值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Picture in these colours (PNG) …</source>
            <translation>按当前配色的图片 (PNG)…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Values as computed (NPY, float32) …</source>
            <translation>计算所得的数值 (NPY，float32)…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Channel {0}</source>
            <translation>通道 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>of {0}</source>
            <translation>属于 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>stage maximum {0}</source>
            <translation>阶段最大值 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>channel maximum {0}</source>
            <translation>通道最大值 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Channel {0} of {1}, {2} by {3}, from {4} to {5}</source>
            <translation>{1} 的通道 {0}，{2} × {3}，值从 {4} 到 {5}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Switch this channel off and see what becomes of the answer (Space)</source>
            <translation>关闭此通道，看看回答有何变化 (Space)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Switch all other channels of this stage off</source>
            <translation>关闭此阶段的其他所有通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Under cursor</source>
            <translation>光标处</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Under cursor ({0}, {1})</source>
            <translation>光标处 ({0}, {1})</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>{0} at row {1}, column {2}</source>
            <translation>{0}，位于第 {1} 行，第 {2} 列</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channel_detail.py" />
            <source>Map of the channel; the arrows move over it</source>
            <translation>通道的特征图；可用方向键在上面移动</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>Channels that matter</source>
            <translation>重要的通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>What takes the place of a channel</source>
            <translation>用什么替换通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>0</source>
            <translation>0</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>As if the channel had never answered</source>
            <translation>相当于该通道从未有过响应</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>its mean</source>
            <translation>自身均值</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>It keeps how much, and loses where</source>
            <translation>保留强度，失去位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>{0} measured</source>
            <translation>已测量 {0} 个</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>First look: {0} of {1}</source>
            <translation>初步测量：{1} 个中的 {0} 个</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>{0} of {1} measured exactly</source>
            <translation>{1} 个中已精确测量 {0} 个</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>{0} of {1} measured</source>
            <translation>已测量 {0} / {1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>Show the map</source>
            <translation>显示特征图</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>Look at this channel among the maps (Enter)</source>
            <translation>在特征图中查看此通道 (Enter)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>Switch this channel off, in the whole window (Space)</source>
            <translation>在整个窗口中关闭此通道 (Space)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>logit {0}</source>
            <translation>logit {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>not measured yet</source>
            <translation>尚未测量</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>probability {0} points</source>
            <translation>概率 {0} 个百分点</translation>
        </message>
        <message>
            <location filename="../../app/widgets/channels_panel.py" />
            <source>The map of this channel, on its own scale</source>
            <translation>此通道的特征图，使用自己的色标</translation>
        </message>
        <message>
            <location filename="../../app/widgets/class_bars.py" />
            <source>Accuracy by class</source>
            <translation>各类别的准确率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/class_bars.py" />
            <source>{name}: {recall} of its {pictures} recognised, {precision} of the answers with this name right</source>
            <translation>{name}：{pictures} 张图片中识别出 {recall}，答为此类别的回答中 {precision} 正确</translation>
        </message>
        <message>
            <location filename="../../app/widgets/class_bars.py" />
            <source>No classes yet</source>
            <translation>还没有类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/compare_panel.py" />
            <source>Left</source>
            <translation>左</translation>
        </message>
        <message>
            <location filename="../../app/widgets/compare_panel.py" />
            <source>Right</source>
            <translation>右</translation>
        </message>
        <message>
            <location filename="../../app/widgets/compare_panel.py" />
            <source>Exchange the sides</source>
            <translation>交换两侧</translation>
        </message>
        <message>
            <location filename="../../app/widgets/compare_panel.py" />
            <source>Exchange left and right</source>
            <translation>交换左侧与右侧</translation>
        </message>
        <message>
            <location filename="../../app/widgets/compare_panel.py" />
            <source>Channels of both sides</source>
            <translation>两侧的通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_list.py" />
            <source>Most frequent confusions</source>
            <translation>最常见的混淆</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_list.py" />
            <source>No answers yet</source>
            <translation>还没有回答</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_list.py" />
            <source>Not a single mistake.</source>
            <translation>没有任何错误。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_list.py" />
            <source>{true} taken for {answer}</source>
            <translation>“{true}”误认为“{answer}”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_list.py" />
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_matrix.py" />
            <source>Confusion matrix</source>
            <translation>混淆矩阵</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_matrix.py" />
            <source>true class</source>
            <translation>真实类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/confusion_matrix.py" />
            <source>answered</source>
            <translation>回答</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>The networks of the experiment</source>
            <translation>实验中的网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>network</source>
            <translation>网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>training error</source>
            <translation>训练误差</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>validation error</source>
            <translation>验证误差</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>He et al., test</source>
            <translation>He 等人，测试</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>signal grows</source>
            <translation>信号增长</translation>
        </message>
        <message>
            <location filename="../../app/widgets/degradation_table.py" />
            <source>{name}: training error {train}, validation error {validation}, He et al. {published}</source>
            <translation>{name}：训练误差 {train}，验证误差 {validation}，He 等人 {published}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>What the bars show</source>
            <translation>条形表示什么</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>F strengthens x</source>
            <translation>F 增强 x</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>works against it</source>
            <translation>抵消 x</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>neither</source>
            <translation>两者都不是</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>What F is multiplied by</source>
            <translation>F 的倍数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>F of this block times 0 (bypassed) … 1 (as trained) … 2</source>
            <translation>此残差块的 F 乘以 0（旁路）… 1（原始状态）… 2</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>Switch F of every block of this stage off</source>
            <translation>关闭此阶段每个残差块的 F</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>All blocks on</source>
            <translation>打开所有残差块</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>Every block as trained again</source>
            <translation>所有残差块恢复原始状态</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>Bypass all of {0}</source>
            <translation>旁路整个 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>Predictions: as trained → now</source>
            <translation>预测：原始 → 当前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/depth_panel.py" />
            <source>Switch a block off below its bar, or drag the slider: the answer moves with it.</source>
            <translation>在条形下方关闭一个残差块，或拖动滑块：回答会随之变化。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/device_picker.py" />
            <source>Device and precision</source>
            <translation>设备和精度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/device_picker.py" />
            <source>What computes, and how exactly</source>
            <translation>用什么计算，计算得多精确</translation>
        </message>
        <message>
            <location filename="../../app/widgets/device_picker.py" />
            <source>32-bit floats</source>
            <translation>32 位浮点数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/device_picker.py" />
            <source>16-bit where the device has it</source>
            <translation>16 位（设备支持时）</translation>
        </message>
        <message>
            <location filename="../../app/widgets/device_picker.py" />
            <source>{0}, fast</source>
            <translation>{0}，快速</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>The class whose score is taken apart</source>
            <translation>要分解其分数的类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Class it is held against</source>
            <translation>与之对照的类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Another class: then everything is the difference between the two</source>
            <translation>另一个类别：此时所有内容都是两者之差</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>held against</source>
            <translation>对比</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Score of</source>
            <translation>分数：</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>against</source>
            <translation>反对</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>for</source>
            <translation>支持</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Where “{0}” comes from</source>
            <translation>“{0}”来自何处</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>“{0}” or “{1}”: where</source>
            <translation>“{0}”还是“{1}”：位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>mean of the map {0} {1} bias = {2}</source>
            <translation>特征图均值 {0} {1}（偏置）= {2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>The terms below are added up and compared with what the network itself answered</source>
            <translation>下方各项相加，并与网络自身的回答对照</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>logits {0} {1} {2}</source>
            <translation>logit {0} {1} {2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Sum {0} = {1}</source>
            <translation>总和 {0} = {1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Sum {0}, {1}: {2} apart</source>
            <translation>总和 {0}，{1}：相差 {2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>The network computed in {0}, which rounds; this sum does not</source>
            <translation>网络以 {0} 计算，存在舍入；此处的总和没有舍入</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>Class activation map</source>
            <translation>类激活图</translation>
        </message>
        <message>
            <location filename="../../app/widgets/evidence_panel.py" />
            <source>row {0}, column {1}</source>
            <translation>第 {0} 行，第 {1} 列</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>Part of the stage</source>
            <translation>阶段的组成部分</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>{0} channels, {1}</source>
            <translation>{0} 个通道，{1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>Signed values have a map of their own, centred on 0</source>
            <translation>有正负的数值使用专门的配色，以 0 为中心</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>Colours of the maps</source>
            <translation>特征图的配色</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>Channel {0}, rank {1} of {2}, {3} {4}</source>
            <translation>通道 {0}，排名 {1} / {2}，{3} {4}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/feature_grid.py" />
            <source>{0}, mean {1}</source>
            <translation>{0}，均值 {1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>Opened pictures</source>
            <translation>已打开的图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>{0} of {1}: {2}, {3}</source>
            <translation>第 {0} 张，共 {1} 张：{2}，{3}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>Pictures you open line up here</source>
            <translation>打开的图片会排列在这里</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>can’t be shown</source>
            <translation>无法显示</translation>
        </message>
        <message>
            <location filename="../../app/widgets/filmstrip.py" />
            <source>Take it out of the strip (Delete)</source>
            <translation>从胶片栏中移除 (Delete)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/image_view.py" />
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/image_view.py" />
            <source>{0} by {1} pixels</source>
            <translation>{0} × {1} 像素</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_bar.py" />
            <source>Instrument</source>
            <translation>分析工具</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_bar.py" />
            <source>As trained</source>
            <translation>原始状态</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_bar.py" />
            <source>Undo every change made to the network (Esc)</source>
            <translation>撤销对网络的所有更改 (Esc)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_page.py" />
            <source>Read the paper: {address}</source>
            <translation>阅读论文：{address}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_page.py" />
            <source>Copy link</source>
            <translation>复制链接</translation>
        </message>
        <message>
            <location filename="../../app/widgets/instrument_page.py" />
            <source>Save this as a figure, or its numbers (Ctrl+E)</source>
            <translation>将当前内容保存为图表或数值 (Ctrl+E)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>Networks to ask</source>
            <translation>要询问的网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>Which of the networks on this disk are asked</source>
            <translation>询问此磁盘上的哪些网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>On the photo: evidence for the answer (orange) and against it (blue). Rows: each stage’s strongest channels, bright = strong.</source>
            <translation>照片上：支持（橙色）和反对（蓝色）该回答的证据。各行：每个阶段最强的通道，越亮越强。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>The evidence over each photo reaches as far as the number in its corner.</source>
            <translation>每张照片上证据的色标以其角上的数值为限。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>Each network’s stage is drawn on a scale of its own, from 0 to its largest value.</source>
            <translation>每个网络的各阶段都使用自己的色标，从 0 到其最大值。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>{0} of {1} networks</source>
            <translation>{0} / {1} 个网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/ladder_panel.py" />
            <source>{0} of {1} asked</source>
            <translation>已询问 {0} / {1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/network_input.py" />
            <source>What the network saw</source>
            <translation>网络所见</translation>
        </message>
        <message>
            <location filename="../../app/widgets/network_input.py" />
            <source>The network's input: resized and cropped, before normalisation</source>
            <translation>网络的输入：已缩放和裁剪，归一化之前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/network_picker.py" />
            <source>Depth of the network</source>
            <translation>网络的深度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/network_picker.py" />
            <source>More networks</source>
            <translation>更多网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/network_picker.py" />
            <source>More networks: ResNeXt, Wide ResNet, plain, CIFAR</source>
            <translation>更多网络：ResNeXt、Wide ResNet、普通网络、CIFAR</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Drag the grey patch</source>
            <translation>拖动灰色遮挡块</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>gains</source>
            <translation>上升</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>loses</source>
            <translation>下降</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Size of the patch</source>
            <translation>遮挡块的大小</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Size of the patch, in pixels of what the network sees</source>
            <translation>遮挡块的大小，以网络所见的像素计</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Patch</source>
            <translation>遮挡块</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Places measured</source>
            <translation>已测量的位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>{0} px</source>
            <translation>{0} px</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Without this place “{0}” stays at {1}.</source>
            <translation>遮住此处后，“{0}”仍为 {1}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Without this place “{0}” falls from {1} to {2}.</source>
            <translation>遮住此处后，“{0}”从 {1} 降到 {2}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Without this place “{0}” rises from {1} to {2}.</source>
            <translation>遮住此处后，“{0}”从 {1} 升到 {2}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Logit {0} → {1} ({2}{3}).</source>
            <translation>logit {0} → {1}（{2}{3}）。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>The network now says “{0}”, {1}.</source>
            <translation>网络此时认为是“{0}”，{1}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>How much the logit of “{0}” loses</source>
            <translation>“{0}”的 logit 下降多少</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Measure all {0} places</source>
            <translation>测量全部 {0} 个位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>{0} places measured</source>
            <translation>已测量 {0} 个位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>about {0} s</source>
            <translation>约 {0} s</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>{0} of {1} places</source>
            <translation>{0} / {1} 个位置</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Loses: the class needs this place</source>
            <translation>下降：该类别需要此处</translation>
        </message>
        <message>
            <location filename="../../app/widgets/occlusion_panel.py" />
            <source>Here: logit {0}, {1}</source>
            <translation>此处：logit {0}，{1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/patches_panel.py" />
            <source>The channel whose patches are shown</source>
            <translation>显示其图块的通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/patches_panel.py" />
            <source>{0} of {1} pictures looked at</source>
            <translation>已查看 {0} / {1} 张图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/patches_panel.py" />
            <source>1 picture looked at</source>
            <translation>已查看 1 张图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/patches_panel.py" />
            <source>{0} pictures looked at</source>
            <translation>已查看 {0} 张图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/patches_panel.py" />
            <source>Patches, the strongest first</source>
            <translation>图块，最强的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/picture_row.py" />
            <source>{0} of {1}: {2}</source>
            <translation>第 {0} 张，共 {1} 张：{2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>Fewer classes</source>
            <translation>较少类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>More classes</source>
            <translation>更多类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>How many classes are listed</source>
            <translation>列出多少个类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>Classes, most probable first</source>
            <translation>类别，概率最高的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>{0} {1}, was {2}</source>
            <translation>{0} {1}，原为 {2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>Looking …</source>
            <translation>正在查看…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/prediction_list.py" />
            <source>No picture yet</source>
            <translation>还没有图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>Pictures of the chosen confusion</source>
            <translation>所选混淆情况的图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>{0} recognised</source>
            <translation>“{0}”识别正确</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>{0} taken for {1}</source>
            <translation>“{0}”误认为“{1}”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>the least sure first</source>
            <translation>把握最小的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>the surest first</source>
            <translation>把握最大的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>There is no such picture.</source>
            <translation>没有这样的图片。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>Surest mistakes</source>
            <translation>把握最大的错误</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>is {0}</source>
            <translation>实为“{0}”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>{0} of {1} · click one to open it</source>
            <translation>{0} / {1} · 单击一张即可打开</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>accuracy, precision</source>
            <translation>准确率，精确率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>Precision: the share of the answers with this name that are right</source>
            <translation>精确率：答为此类别的回答中正确者所占的比例</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>Order of the classes</source>
            <translation>类别的顺序</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>By class</source>
            <translation>按类别</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>Lowest first</source>
            <translation>最低在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>expected calibration error {0}</source>
            <translation>期望校准误差 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>as sure as it is right</source>
            <translation>把握与正确率相符</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>too sure of itself</source>
            <translation>过于自信</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>less sure than it could be</source>
            <translation>自信不足</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>{sure} sure and {right} right on average: {verdict}. The error is the mean gap (orange) between how sure the answers are and how many are right (blue), in {bins} bins, as in Guo et al. 2017.</source>
            <translation>平均把握 {sure}，平均正确率 {right}：{verdict}。误差是回答的把握与正确率（蓝色）之间的平均差距（橙色），分为 {bins} 个区间，方法同 Guo 等人 2017。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_cards.py" />
            <source>{name}
answered {answer}, {sure} sure; it is {true}</source>
            <translation>{name}
回答为“{answer}”，把握 {sure}；实为“{true}”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>Class {0}</source>
            <translation>类别 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>Probability</source>
            <translation>概率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>Time, ms</source>
            <translation>用时，ms</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>waiting …</source>
            <translation>等待中…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>Headings: Space sorts</source>
            <translation>表头：按空格键排序</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>{0}, the smallest first</source>
            <translation>{0}，从小到大</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>{0}, the largest first</source>
            <translation>{0}，从大到小</translation>
        </message>
        <message>
            <location filename="../../app/widgets/results_table.py" />
            <source>Pictures and what they show</source>
            <translation>图片及其内容</translation>
        </message>
        <message>
            <location filename="../../app/widgets/shape_panel.py" />
            <source>Channels that moved most</source>
            <translation>变化最大的通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/shape_panel.py" />
            <source>Asking the network about each picture …</source>
            <translation>正在就每张图片询问网络…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/splitter.py" />
            <source>Left and Right move it</source>
            <translation>按左右方向键移动</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_card.py" />
            <source>{0}, looked at</source>
            <translation>{0}，正在查看</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_card.py" />
            <source>parameters</source>
            <translation>个参数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_card.py" />
            <source>{0:.0%} of the network's multiply-accumulates</source>
            <translation>占网络乘加运算的 {0:.0%}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_card.py" />
            <source>The mean of every map, then one score for each class of {0}</source>
            <translation>先取每张特征图的均值，再为 {0} 的每个类别算出一个分数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>Stages</source>
            <translation>阶段</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>update</source>
            <translation>更新</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>dead ReLU</source>
            <translation>失活 ReLU</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>The norm of the loss’s gradient: how strongly the stage is asked to change. Bars: of the largest.</source>
            <translation>损失的梯度范数：要求该阶段改变的强烈程度。条形：相对于最大者。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>How much a step changes the weights, as a share of them. About 0.001, at the mark, is healthy; the bars go by powers of ten.</source>
            <translation>一步训练使权重改变多少，以占权重的比例计。约 0.001（刻度标记处）为正常；条形按 10 的幂次增长。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>ReLUs that are 0 everywhere on 64 pictures: they tell nothing, and learn nothing.</source>
            <translation>在 64 张图片上处处为 0 的 ReLU：它们不传递信息，也学不到东西。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>{0} of the ReLUs in {1} are dead.</source>
            <translation>{1} 的 ReLU 中有 {0} 已失活。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>{0} changes a lot with every step.</source>
            <translation>{0} 每一步的变化都很大。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>No gradient reaches {0}.</source>
            <translation>没有梯度到达 {0}。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_health.py" />
            <source>Shown after the first steps: which stage learns, and how fast.</source>
            <translation>最初几步之后显示：哪个阶段在学习，学得多快。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/stage_strip.py" />
            <source>Stages of the network</source>
            <translation>网络的各阶段</translation>
        </message>
        <message>
            <location filename="../../app/widgets/status_line.py" />
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../app/widgets/status_line.py" />
            <source>Dismiss the notice</source>
            <translation>关闭通知</translation>
        </message>
        <message>
            <location filename="../../app/widgets/status_line.py" />
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <location filename="../../app/widgets/tile_view.py" />
            <source>Channels, the highest ranked first</source>
            <translation>通道，排名最高的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/tile_view.py" />
            <source>{0} more active</source>
            <translation>另有 {0} 个活跃通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/tile_view.py" />
            <source>{0} inactive</source>
            <translation>{0} 个不活跃通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/tile_view.py" />
            <source>Channel {0}, {1} {2}</source>
            <translation>通道 {0}，{1} {2}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>epoch {0}</source>
            <translation>第 {0} 轮</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>Training: of varied pictures, with label smoothing where that is on. Validation: of pictures that were kept aside.</source>
            <translation>训练：基于经过变换的图片，若启用标签平滑则包含在内。验证：基于留出的图片。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>Accuracy</source>
            <translation>准确率</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_curves.py" />
            <source>best {0} at epoch {1}</source>
            <translation>最佳 {0}，第 {1} 轮</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>What to train</source>
            <translation>训练什么</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>The paper’s networks for CIFAR-10, plain ones, ResNeXt and Wide ResNet</source>
            <translation>论文中用于 CIFAR-10 的网络、普通网络、ResNeXt 和 Wide ResNet</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Start from</source>
            <translation>起点</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Train every stage</source>
            <translation>训练所有阶段</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Freeze</source>
            <translation>冻结</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Stages that are frozen stay as the weights have them</source>
            <translation>冻结的阶段保持权重中的原值不变</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Name of the run</source>
            <translation>训练任务的名称</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>The weights become NETWORK.NAME</source>
            <translation>生成的权重将命名为“网络.名称”</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Start training</source>
            <translation>开始训练</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Start training ({0})</source>
            <translation>开始训练 ({0})</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Train a network</source>
            <translation>训练一个网络</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>&amp;Data</source>
            <translation>数据(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>N&amp;etwork</source>
            <translation>网络(&amp;E)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Start &amp;from</source>
            <translation>起点(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>&amp;Budget</source>
            <translation>预算(&amp;B)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>&amp;Name of the run</source>
            <translation>训练任务的名称(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Scratch</source>
            <translation>从零开始</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>random parameters</source>
            <translation>随机参数</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Freeze conv1</source>
            <translation>冻结 conv1</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>Freeze up to {0}</source>
            <translation>冻结到 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_form.py" />
            <source>20 … 110</source>
            <translation>20 … 110</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_progress.py" />
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_progress.py" />
            <source>{0} left</source>
            <translation>剩余 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_progress.py" />
            <source>{0} images/s</source>
            <translation>{0} 张图片/s</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_progress.py" />
            <source>training accuracy {0}</source>
            <translation>训练准确率 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Results of the training</source>
            <translation>训练结果</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Confusions</source>
            <translation>混淆情况</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>How confusions are shown</source>
            <translation>混淆情况的显示方式</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>A cell for every pair of classes</source>
            <translation>每一对类别一个单元格</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Top</source>
            <translation>最多</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>The most frequent confusions</source>
            <translation>最常见的混淆</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>When a training has come to its end, what it learned is judged here.</source>
            <translation>训练结束后，将在这里评判它学到的内容。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Reading the results …</source>
            <translation>正在读取结果…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Test accuracy {share} ({correct} of {images}), counted once</source>
            <translation>测试准确率 {share}（{correct} / {images}），只统计一次</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>In use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>Look at pictures through {0}</source>
            <translation>用 {0} 查看图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>of {0} classes, the most frequent first</source>
            <translation>共 {0} 个类别，最常见的在前</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_results.py" />
            <source>click a cell to see its pictures</source>
            <translation>单击单元格查看其图片</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>Nothing has been trained on this computer yet.</source>
            <translation>这台电脑上还没有训练过任何网络。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>Remove {0}</source>
            <translation>移除 {0}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>Remove this run; the weights it made stay</source>
            <translation>移除此训练任务；它生成的权重会保留</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>under way</source>
            <translation>进行中</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>interrupted</source>
            <translation>已中断</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>not begun</source>
            <translation>未开始</translation>
        </message>
        <message>
            <location filename="../../app/widgets/training_runs.py" />
            <source>damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <location filename="../../app/widgets/weights_picker.py" />
            <source>Download {0}: {1}</source>
            <translation>下载 {0}：{1}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/weights_picker.py" />
            <source>Import a file …</source>
            <translation>导入文件…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/weights_picker.py" />
            <source>Export {0} …</source>
            <translation>导出 {0}…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/weights_picker.py" />
            <source>Remove {0} …</source>
            <translation>移除 {0}…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>Welcome</source>
            <translation>欢迎</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>Drop a photo here, paste it, or press Ctrl+O</source>
            <translation>将照片拖到这里，粘贴，或按 Ctrl+O</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>You will see what the network takes it for, and every stage and channel that led there.</source>
            <translation>你将看到网络把它认作什么，以及得出这一结果的每个阶段和通道。</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>Open a photo …</source>
            <translation>打开照片…</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>Open photos (Ctrl+O)</source>
            <translation>打开照片 (Ctrl+O)</translation>
        </message>
        <message>
            <location filename="../../app/widgets/welcome.py" />
            <source>or begin with one of these</source>
            <translation>或从下列之一开始</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>X-ray of a block</source>
            <translation>残差块透视</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>Which channels first</source>
            <translation>优先显示哪些通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>Which channels are shown first</source>
            <translation>优先显示哪些通道</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>Orange: above 0, blue: below</source>
            <translation>橙色：大于 0，蓝色：小于 0</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>How large F(x) is, measured by x: the root of the sum of all squares</source>
            <translation>F(x) 有多大，以 x 为单位：所有值平方和的平方根</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>1: F(x) points the way x does; −1: against it; 0: neither</source>
            <translation>1：F(x) 与 x 同向；−1：与之反向；0：两者都不是</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>with {change}</source>
            <translation>含更改：{change}</translation>
        </message>
        <message>
            <location filename="../../app/widgets/xray_panel.py" />
            <source>Scale: {low} blue, {high} orange</source>
            <translation>色标：{low} 蓝色，{high} 橙色</translation>
        </message>
        <message>
            <location filename="../../resnet_core/analysis.py" />
            <source>{0} gives no usable numbers for this picture: its answer is not finite.</source>
            <translation>{0} 对这张图片没有给出可用的数值：它的回答不是有限数。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>{0} differs from the official file</source>
            <translation>{0} 与官方文件不同</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>{0} is not a whole archive: {1}.</source>
            <translation>{0} 不是完整的压缩包：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>{0} can't be unpacked into {1}: {2}.</source>
            <translation>无法将 {0} 解压到 {1}：{2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>{0} is missing</source>
            <translation>缺少 {0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>{0} can't be read ({1})</source>
            <translation>无法读取 {0}（{1}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>The CIFAR-10 in {0} can't be used: {1}. Download it anew, or choose another folder.</source>
            <translation>无法使用 {0} 中的 CIFAR-10：{1}。请重新下载，或选择另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>it is cut off</source>
            <translation>它不完整</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>A file of CIFAR-10 holds something else than 32x32 px pictures with labels.</source>
            <translation>CIFAR-10 的某个文件所含的不是带标签的 32x32 px 图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>A file of the data set is damaged: its pickle is malformed.</source>
            <translation>数据集的某个文件已损坏：其 pickle 格式错误。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>A file of the data set holds no dictionary.</source>
            <translation>数据集的某个文件中没有字典。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>A file of the data set holds an array of another kind than rows of bytes.</source>
            <translation>数据集的某个文件所含的数组不是字节行。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/cifar10.py" />
            <source>A file of the data set holds code ({0}.{1}), and code is never run.</source>
            <translation>数据集的某个文件含有代码（{0}.{1}），而代码从不执行。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/colours.py" />
            <source>There are no colours named “{0}”. Known: {1}.</source>
            <translation>没有名为“{0}”的配色。已知：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} has no block “{1}”.</source>
            <translation>{0} 没有残差块“{1}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} is a plain network: {1} has no shortcut to fall back on.</source>
            <translation>{0} 是普通网络：{1} 没有可供回退的捷径。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>A mask</source>
            <translation>掩码</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>An offset</source>
            <translation>偏移</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} has no stage “{1}”.</source>
            <translation>{0} 没有阶段“{1}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} for {1} needs {2} numbers, not {3}.</source>
            <translation>{1} 的{0}需要 {2} 个数，而不是 {3}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>A run from {0} on takes maps (N, {1}, H, W), not {2}.</source>
            <translation>从 {0} 开始的运算接受特征图 (N, {1}, H, W)，而不是 {2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} has no output named “{1}”.</source>
            <translation>{0} 没有名为“{1}”的输出。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>A request names at least one output.</source>
            <translation>请求至少要指明一个输出。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>A request has either images or a stage to start from.</source>
            <translation>请求要么带图片，要么带起始阶段。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>A run from {0} on does not come by “{1}”.</source>
            <translation>从 {0} 开始的运算不经过“{1}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>An engine takes images as (N, 3, H, W), not {0}.</source>
            <translation>引擎接受的图片为 (N, 3, H, W)，而不是 {0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} has no maps named “{1}”.</source>
            <translation>{0} 没有名为“{1}”的特征图。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/base.py" />
            <source>{0} of {1} has the channels 0 to {2}, none numbered {3}.</source>
            <translation>{1} 的 {0} 有通道 0 到 {2}，没有编号为 {3} 的通道。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/devices.py" />
            <source>There is no device named “{0}”. This computer has: {1}.</source>
            <translation>没有名为“{0}”的设备。这台电脑有：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/devices.py" />
            <source>AMD GPU</source>
            <translation>AMD GPU</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/devices.py" />
            <source>Intel GPU</source>
            <translation>Intel GPU</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/devices.py" />
            <source>Apple GPU</source>
            <translation>Apple GPU</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/devices.py" />
            <source>NVIDIA GPU</source>
            <translation>NVIDIA GPU</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/folding.py" />
            <source>These weights are not {0}'s: “{1}” is missing.</source>
            <translation>这些权重不属于 {0}：缺少“{1}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/folding.py" />
            <source>These weights are not {0}'s: “{1}” is {2}, not {3}.</source>
            <translation>这些权重不属于 {0}：“{1}”是 {2}，而不是 {3}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/load_engine.py" />
            <source>No device is left that could run this network.</source>
            <translation>已没有能运行此网络的设备。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/load_engine.py" />
            <source>{0}; {1} on {2} serves instead.</source>
            <translation>{0}；改用 {2} 上的 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/messages.py" />
            <source>These bytes are no message of a ResNet Lens worker.</source>
            <translation>这些字节不是 ResNet Lens 工作进程的消息。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/messages.py" />
            <source>A message of a ResNet Lens worker claims arrays of over 64 GiB.</source>
            <translation>ResNet Lens 工作进程的一条消息声称数组超过 64 GiB。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/openvino_engine.py" />
            <source>OpenVINO could not run {0} on “{1}”: {2}</source>
            <translation>OpenVINO 无法在“{1}”上运行 {0}：{2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/openvino_engine.py" />
            <source>The engine of {0} is closed.</source>
            <translation>{0} 的引擎已关闭。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/openvino_engine.py" />
            <source>OpenVINO has no device “{0}” here: {1}</source>
            <translation>OpenVINO 在这里没有设备“{0}”：{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/openvino_runtime.py" />
            <source>OpenVINO can't be used on this computer: {0}</source>
            <translation>这台电脑上无法使用 OpenVINO：{0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>The torch process for “{0}” {1} while it started.</source>
            <translation>用于“{0}”的 torch 进程在启动时{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>The torch process on “{0}” {1}, again.</source>
            <translation>“{0}”上的 torch 进程再次{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>The torch process on “{0}” {1} and was started again.</source>
            <translation>“{0}”上的 torch 进程{1}，已重新启动。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>“{0}” has not enough memory for {1}.</source>
            <translation>“{0}”的内存不足以运行 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>torch could not run {0} on “{1}”: {2}</source>
            <translation>torch 无法在“{1}”上运行 {0}：{2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>torch, which “{0}” needs, is not installed.</source>
            <translation>未安装“{0}”所需的 torch。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_engine.py" />
            <source>“{0}” needs torch, which this viewer leaves out; the full ResNet Lens has it.</source>
            <translation>“{0}”需要 torch，此查看版不含；完整的 ResNet Lens 含有它。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/torch_worker.py" />
            <source>One image is too much.</source>
            <translation>一张图片已经太多。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/worker_process.py" />
            <source>The torch process could not be started: {0}.</source>
            <translation>无法启动 torch 进程：{0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/worker_process.py" />
            <source>did not answer within {0} s</source>
            <translation>在 {0} s 内没有响应</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/worker_process.py" />
            <source>was ended by signal {0}</source>
            <translation>被信号 {0} 终止</translation>
        </message>
        <message>
            <location filename="../../resnet_core/engines/worker_process.py" />
            <source>ended with code {0}</source>
            <translation>以代码 {0} 结束</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/ablation.py" />
            <source>A channel can't be replaced by “{0}”. Known: {1}.</source>
            <translation>不能用“{0}”替换通道。已知：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/ablation.py" />
            <source>{0} has no channel {1}: its channels are 0 to {2}.</source>
            <translation>{0} 没有通道 {1}：其通道为 0 到 {2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/bypass.py" />
            <source>F of {0} can be scaled from 0 to 2, not by {1}.</source>
            <translation>{0} 的 F 可缩放 0 到 2 倍，不能是 {1} 倍。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/bypass.py" />
            <source>{0} has no block “{1}”: its blocks are {2} … {3}.</source>
            <translation>{0} 没有残差块“{1}”：其残差块为 {2} … {3}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/classes.py" />
            <source>This head reads {0} channels, and the maps are {1}.</source>
            <translation>此分类头读取 {0} 个通道，而特征图为 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/classes.py" />
            <source>There is no class {0}: this network has {1}.</source>
            <translation>没有类别 {0}：此网络有 {1} 个类别。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/depth.py" />
            <source>{0} is a plain network: its blocks compute F(x) alone, with no shortcut x to compare it with.</source>
            <translation>{0} 是普通网络：它的块只计算 F(x)，没有可与之比较的捷径 x。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/occlusion.py" />
            <source>A patch of {0} px does not fit into a picture of {1} by {2} px.</source>
            <translation>{0} px 的遮挡块放不进 {1} × {2} px 的图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/occlusion.py" />
            <source>A patch moves by at least 1 px.</source>
            <translation>遮挡块每次至少移动 1 px。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/patches.py" />
            <source>There is no channel {0}: they are numbered from 0 to {1}.</source>
            <translation>没有通道 {0}：编号为 0 到 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/evidence/xray.py" />
            <source>An X-ray of {0} needs “{1}”, which was not computed.</source>
            <translation>{0} 的残差块透视需要“{1}”，但它未被计算。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/feature_maps.py" />
            <source>Channels can't be ranked by “{0}”. Known: {1}.</source>
            <translation>通道不能按“{0}”排序。已知：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/feature_maps.py" />
            <source>There is no scale “{0}”. Known: {1}.</source>
            <translation>没有色标“{0}”。已知：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/feature_maps.py" />
            <source>A montage needs at least one channel and one column.</source>
            <translation>拼图至少需要一个通道和一列。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/feature_maps.py" />
            <source>of each channel</source>
            <translation>各通道各自的范围</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>There is no folder {0}.</source>
            <translation>没有文件夹 {0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>{0} is no folder of classes: it needs at least two sub-folders with pictures, one for each class.</source>
            <translation>{0} 不是按类别分的文件夹：至少需要两个含图片的子文件夹，每个类别一个。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>{0} has a class “{1}” that {2} has not.</source>
            <translation>{0} 有类别“{1}”，而 {2} 没有。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>The {0} pictures in {1} would take {2} GB of memory at {3} px. Train at {4} px or less, or on fewer pictures.</source>
            <translation>{1} 中的 {0} 张图片在 {3} px 下需要 {2} GB 内存。请以 {4} px 或更小的尺寸训练，或减少图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>({0} files can't be read)</source>
            <translation>（{0} 个文件无法读取）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>The class “{0}” in {1} has {2} usable pictures{3}; each class needs at least {4}.</source>
            <translation>{1} 中的类别“{0}”有 {2} 张可用图片{3}；每个类别至少需要 {4} 张。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_folder.py" />
            <source>{0} can't be read: {1}.</source>
            <translation>无法读取 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a Photoshop</source>
            <translation>Photoshop</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an EPS</source>
            <translation>EPS</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a DDS</source>
            <translation>DDS</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a BLP</source>
            <translation>BLP</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a QOI</source>
            <translation>QOI</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an ICNS</source>
            <translation>ICNS</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a CUR</source>
            <translation>CUR</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an SGI</source>
            <translation>SGI</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a Sun raster</source>
            <translation>Sun raster</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a WMF</source>
            <translation>WMF</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an EMF</source>
            <translation>EMF</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an FLI</source>
            <translation>FLI</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an FLC</source>
            <translation>FLC</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an OpenEXR</source>
            <translation>OpenEXR</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an HDR</source>
            <translation>HDR</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a JPEG XL</source>
            <translation>JPEG XL</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a GIMP</source>
            <translation>GIMP</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an XPM</source>
            <translation>XPM</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a FITS</source>
            <translation>FITS</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a PAM</source>
            <translation>PAM</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a ZIP archive</source>
            <translation>ZIP 压缩包</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a gzip archive</source>
            <translation>gzip 压缩包</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a 7-Zip archive</source>
            <translation>7-Zip 压缩包</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a RAR archive</source>
            <translation>RAR 压缩包</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a program</source>
            <translation>程序</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an Office document</source>
            <translation>Office 文档</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a NumPy array</source>
            <translation>NumPy 数组</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a weather file</source>
            <translation>气象文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a sound</source>
            <translation>音频</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a film</source>
            <translation>视频</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a Git LFS pointer (`git lfs pull` fetches the picture)</source>
            <translation>Git LFS 指针（用 `git lfs pull` 获取图片）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is empty: it has 0 bytes.</source>
            <translation>{0} 是空文件：0 字节。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is a camera's raw file, which this program does not read. Save it as JPEG or PNG.</source>
            <translation>{0} 是相机的 RAW 文件，本程序不读取。请另存为 JPEG 或 PNG。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is {1}, not a picture.</source>
            <translation>{0} 是{1}，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is no picture: it begins with nothing but zeros.</source>
            <translation>{0} 不是图片：开头全是零。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is cut off: of the file only {1} bytes are there.</source>
            <translation>{0} 不完整：文件只有 {1} 字节。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is not a {1} picture as its name says, or its beginning is damaged.</source>
            <translation>{0} 不是其名称所说的 {1} 图片，或者开头已损坏。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is not a picture that this program can read.</source>
            <translation>{0} 不是本程序能读取的图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is {1} picture, which this program does not read. Save it as JPEG or PNG.</source>
            <translation>{0} 是 {1} 图片，本程序不读取。请另存为 JPEG 或 PNG。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a HEIC</source>
            <translation>HEIC</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is a film, not a picture.</source>
            <translation>{0} 是视频，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>a RIFF file</source>
            <translation>RIFF 文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is an SVG drawing, which this program does not read. Save it as PNG.</source>
            <translation>{0} 是 SVG 矢量图，本程序不读取。请另存为 PNG。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is a web page, not a picture.</source>
            <translation>{0} 是网页，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is a JSON file, not a picture.</source>
            <translation>{0} 是 JSON 文件，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>an XBM</source>
            <translation>XBM</translation>
        </message>
        <message>
            <location filename="../../resnet_core/image_formats.py" />
            <source>{0} is a text file, not a picture.</source>
            <translation>{0} 是文本文件，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is not a picture: {1} {2} instead of uint8 (height, width, 3).</source>
            <translation>{0} 不是图片：是 {1} {2}，而不是 uint8 (height, width, 3)。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is too large: a file of {1} MB, where the limit is {2} MB.</source>
            <translation>{0} 太大：文件为 {1} MB，上限为 {2} MB。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is not there: it was moved, renamed or deleted.</source>
            <translation>{0} 已不在原处：它被移动、重命名或删除了。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} can't be opened: you have no permission to read it.</source>
            <translation>无法打开 {0}：没有读取权限。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is a folder, not a picture.</source>
            <translation>{0} 是文件夹，不是图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is a device or a pipe, not a picture file.</source>
            <translation>{0} 是设备或管道，不是图片文件。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} x {1} px</source>
            <translation>{0} x {1} px</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is damaged: it says it is {1} large.</source>
            <translation>{0} 已损坏：它声称的尺寸为 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is too large: {1}, where the limit is {2} megapixels. Open a smaller copy.</source>
            <translation>{0} 太大：{1}，上限为 {2} 百万像素。请打开较小的副本。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is too narrow to look at: {1}. Open a part of it.</source>
            <translation>{0} 太窄，无法查看：{1}。请打开其中一部分。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} megapixels</source>
            <translation>{0} 百万像素</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>more pixels</source>
            <translation>更多像素</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is too large: {1}, where the limit is {2}. Open a smaller copy.</source>
            <translation>{0} 太大：{1}，上限为 {2}。请打开较小的副本。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} needs more memory than this computer has free.</source>
            <translation>{0} 所需的内存超过了这台电脑的可用内存。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is cut off: the file ends before the picture does.</source>
            <translation>{0} 不完整：图片尚未结束，文件就结束了。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is a {1} of a kind this program does not read. Save it as PNG.</source>
            <translation>{0} 是本程序不读取的一种 {1}。请另存为 PNG。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is damaged: its {1} header can't be decoded.</source>
            <translation>{0} 已损坏：其 {1} 文件头无法解码。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is damaged: its {1} data can't be decoded.</source>
            <translation>{0} 已损坏：其 {1} 数据无法解码。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is damaged: its {1} data lies in too many small pieces.</source>
            <translation>{0} 已损坏：其 {1} 数据分成了太多小块。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} is too large: a PPM written as text is read up to {1} MB.</source>
            <translation>{0} 太大：以文本形式写入的 PPM 最多读取 {1} MB。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/images.py" />
            <source>{0} would take too long to decode: it draws itself {1} times over.</source>
            <translation>{0} 解码时间过长：它要重复绘制自身 {1} 次。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>There is no file of labels at {0}.</source>
            <translation>{0} 处没有标签文件。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>{0} is too large for a list of labels.</source>
            <translation>{0} 太大，不像是标签列表。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>{0} is not a list of labels: it is not UTF-8 text.</source>
            <translation>{0} 不是标签列表：它不是 UTF-8 文本。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>{0} names no class.</source>
            <translation>{0} 没有列出任何类别。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>{0}: line {1} is blank; it needs one class name a line.</source>
            <translation>{0}：第 {1} 行为空；每行需要一个类别名称。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/labels.py" />
            <source>{0} is not a list of labels: it holds control characters.</source>
            <translation>{0} 不是标签列表：它含有控制字符。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/map_export.py" />
            <source>{0} can't be written to {1}: {2}.</source>
            <translation>无法将 {0} 写入 {1}：{2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/networks.py" />
            <source>There is no network named “{0}”. Known: {1}.</source>
            <translation>没有名为“{0}”的网络。已知：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/networks.py" />
            <source>An input of {0}x{1} px is no picture: give a height and a width of at least 1.</source>
            <translation>{0}x{1} px 的输入不是图片：高和宽都至少为 1。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} can't be opened as a zip file: {1}.</source>
            <translation>无法将 {0} 作为 ZIP 文件打开：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} is encrypted: unpack it first.</source>
            <translation>{0} 已加密：请先解压。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} can't be unpacked: {1}.</source>
            <translation>无法解压 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} has no pictures in it.</source>
            <translation>{0} 中没有图片。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} has {1} pictures in it, more than the {2} opened.</source>
            <translation>{0} 中有 {1} 张图片，超过了可打开的 {2} 张。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/picture_archives.py" />
            <source>{0} unpacks to more than is sensible: {1} is too large.</source>
            <translation>{0} 解压后大得不合理：{1} 太大。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/preprocess.py" />
            <source>Preprocessing can't resize to {0} and crop {1} px: 1 to {2} px.</source>
            <translation>预处理不能缩放到 {0} 并裁剪 {1} px：应为 1 到 {2} px。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/preprocess.py" />
            <source>Preprocessing needs three finite means and three standard deviations: red, green, blue.</source>
            <translation>预处理需要三个有限的均值和三个标准差：红、绿、蓝。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/preprocess.py" />
            <source>Preprocessing needs standard deviations above 0, and bilinear or bicubic interpolation.</source>
            <translation>预处理需要大于 0 的标准差，以及双线性或双三次插值。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: a ResNet has one to four stages, each of at least one block.</source>
            <translation>{0}：ResNet 有一到四个阶段，每个阶段至少一个残差块。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: a ResNet needs at least one class, one channel and one group.</source>
            <translation>{0}：ResNet 至少需要一个类别、一个通道和一个分组。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: basic blocks have one group and a width of 64.</source>
            <translation>{0}：基本块只有一个分组，宽度为 64。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: basic blocks can't be dilated.</source>
            <translation>{0}：基本块不能使用空洞卷积。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: a width of {1} a group leaves blocks without a channel.</source>
            <translation>{0}：每组宽度为 {1} 会使残差块没有通道。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0}: dilation is given for the three stages after the first.</source>
            <translation>{0}：空洞率针对第一个阶段之后的三个阶段给出。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/spec.py" />
            <source>{0} has no map named “{1}”.</source>
            <translation>{0} 没有名为“{1}”的特征图。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>a class is none of the classes</source>
            <translation>某个类别不在类别之列</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>there are more or fewer probabilities than pictures</source>
            <translation>概率的数量与图片的数量不符</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>a probability is no number</source>
            <translation>某个概率不是数字</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>there are more or fewer files than pictures</source>
            <translation>文件的数量与图片的数量不符</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>test picture {0}</source>
            <translation>测试图片 {0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>The run {0} has no answers to test pictures: it did not come to its end, or it was trained before they were kept.</source>
            <translation>训练任务 {0} 没有对测试图片的回答：它没有完成，或者在开始保存回答之前就已训练。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/answers.py" />
            <source>it is damaged</source>
            <translation>它已损坏</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/arithmetic.py" />
            <source>There is no device “{0}” to train on here; there is {1}.</source>
            <translation>这里没有可用于训练的设备“{0}”；现有 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/arithmetic.py" />
            <source>There is no device “{0}”: there are {1} of that kind.</source>
            <translation>没有设备“{0}”：该类设备有 {1} 个。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/arithmetic.py" />
            <source>float16 is for CUDA devices; choose bfloat16 or float32 here.</source>
            <translation>float16 用于 CUDA 设备；此处请选择 bfloat16 或 float32。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/best.py" />
            <source>{0} of {1} test pictures right, trained on {2}.</source>
            <translation>{1} 张测试图片中答对 {0} 张，训练数据为 {2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>A training lasts a number of epochs or a number of minutes: give one of the two.</source>
            <translation>训练时长要么是轮数，要么是分钟数：请给出其中之一。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>There is no stage “{0}” to freeze; there are {1}.</source>
            <translation>没有可冻结的阶段“{0}”；现有 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>Only weights that were learned can be frozen: choose the weights to start from.</source>
            <translation>只有学习所得的权重才能冻结：请选择起始权重。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>{0} is {1}; it must be between {2} and {3}.</source>
            <translation>{0}为 {1}；必须在 {2} 和 {3} 之间。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration is not a JSON object.</source>
            <translation>配置不是 JSON 对象。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration can't be read: {0}.</source>
            <translation>无法读取配置：{0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration is not valid JSON.</source>
            <translation>配置不是有效的 JSON。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The image size</source>
            <translation>图片尺寸</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The number of pictures</source>
            <translation>图片数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The number of epochs</source>
            <translation>轮数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The number of minutes</source>
            <translation>分钟数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The momentum</source>
            <translation>动量</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The place of the learning rate's peak</source>
            <translation>学习率峰值的位置</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The label smoothing</source>
            <translation>标签平滑</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The decay of the average</source>
            <translation>平均的衰减</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The interval of the average</source>
            <translation>平均的间隔</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The border to crop from</source>
            <translation>裁剪所用的边框</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The side of the cutout</source>
            <translation>Cutout 的边长</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>Mixup's alpha</source>
            <translation>Mixup 的 alpha</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The side to grow from</source>
            <translation>起始边长</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The number of threads</source>
            <translation>线程数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The interval of the probes</source>
            <translation>探针的间隔</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The interval between saves</source>
            <translation>保存的间隔</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration has an unknown entry “{0}”.</source>
            <translation>配置中有未知的条目“{0}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration's “{0}” is not a JSON object.</source>
            <translation>配置中的“{0}”不是 JSON 对象。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/config.py" />
            <source>The configuration's “{0}” can't be {1}.</source>
            <translation>配置中的“{0}”不能是 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>Degradation (He et al. 2015, arXiv:1512.03385, section 4.1 and figure 6): the deeper plain network has the higher training error. That is not overfitting, and with batch norm not a vanishing gradient; with shortcuts the deeper network is the better one.</source>
            <translation>退化（He 等人 2015，arXiv:1512.03385，第 4.1 节和图 6）：较深的普通网络训练误差更高。这不是过拟合，而且有了批归一化，也不是梯度消失；有了捷径，较深的网络反而更好。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>CIFAR-10 test, table 6</source>
            <translation>CIFAR-10 测试，表 6</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>ImageNet, 10-crop, table 2</source>
            <translation>ImageNet，十次裁剪，表 2</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>CIFAR-10 test, figure 6</source>
            <translation>CIFAR-10 测试，图 6</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>This experiment is about training from scratch: it starts from no weights.</source>
            <translation>此实验是从零开始训练：它不从任何权重开始。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation.py" />
            <source>The run {0} was made with other pictures, another budget or another recipe, so its errors can't be compared. Give the options it was made with, or begin anew: “runs remove {1}”.</source>
            <translation>训练 {0} 所用的图片、时长或方法不同，其误差无法比较。请使用当时的选项，或重新开始：“runs remove {1}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/degradation_lab.py" />
            <source>{0} can't be read.</source>
            <translation>无法读取 {0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>out of memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>can't allocate memory</source>
            <translation>无法分配内存</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>Another process of this training has ended ({0}). {1}</source>
            <translation>此训练的另一个进程已结束（{0}）。{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>The run {0} is finished. To train it further, give it a larger budget.</source>
            <translation>训练任务 {0} 已完成。要继续训练，请给它更大的预算。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>A batch of {0} can't be shared evenly by {1} processes.</source>
            <translation>批大小 {0} 无法由 {1} 个进程平均分配。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>The data set has {0} classes, and the run {1} was begun with {2}: it can only go on with those.</source>
            <translation>数据集有 {0} 个类别，而训练 {1} 开始时有 {2} 个：它只能以那些类别继续。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>Nothing was trained yet.</source>
            <translation>尚未训练任何内容。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>What was trained is kept: resume it to go on.</source>
            <translation>已训练的内容会保留：可以继续训练。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>The run's folder {0} is gone, so the training can't go on.</source>
            <translation>训练任务的文件夹 {0} 已不存在，因此训练无法继续。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>There is not enough memory for this training. Take smaller batches or pictures. {0}</source>
            <translation>内存不足，无法进行此训练。请使用较小的批或图片。{0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>The disk with {0} is full. Make room on it. {1}</source>
            <translation>{0} 所在的磁盘已满。请腾出空间。{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/job.py" />
            <source>{0} can't be used: {1}. {2}</source>
            <translation>无法使用 {0}：{1}。{2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/loop.py" />
            <source>The loss became infinite or no number in epoch {0}, at a learning rate of {1}. The last good state is kept: go on from it with a lower peak than {2}.</source>
            <translation>损失在第 {0} 轮变成无穷大或非数值，学习率为 {1}。最后的正常状态已保留：请以低于 {2} 的峰值由此继续。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/results.py" />
            <source>The test pictures can’t be shown. {0}</source>
            <translation>无法显示测试图片。{0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/results.py" />
            <source>The CIFAR-10 in {0} is not the one that this network was tested with.</source>
            <translation>{0} 中的 CIFAR-10 不是测试此网络时所用的那一份。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/results.py" />
            <source>There is no folder {0} any more.</source>
            <translation>文件夹 {0} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/results.py" />
            <source>Their files were not noted down when the network was tested.</source>
            <translation>测试此网络时没有记录这些文件。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>A run can't be named “{0}”: its name needs a letter from a to z, or a digit.</source>
            <translation>训练任务不能命名为“{0}”：名称中至少要有一个 a 到 z 的字母或一个数字。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>There is a run named “{0}” already: choose another name.</source>
            <translation>已有名为“{0}”的训练任务：请另选名称。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>A run can't be made in {0}: {1}.</source>
            <translation>无法在 {0} 中创建训练任务：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>Near it: {0}.</source>
            <translation>相近的有：{0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>There are none yet.</source>
            <translation>目前还没有。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>There is no run named “{0}”.{1}</source>
            <translation>没有名为“{0}”的训练任务。{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>{0} is not being trained just now.</source>
            <translation>{0} 目前没有在训练。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>{0} can't be removed entirely.</source>
            <translation>无法完全移除 {0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>{0} is being trained by another process.</source>
            <translation>另一个进程正在训练 {0}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>it is no text</source>
            <translation>它不是文本</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>The run {0} can't be used: its {1} can't be read ({2}).</source>
            <translation>无法使用训练任务 {0}：无法读取其 {1}（{2}）。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/runs.py" />
            <source>The run {0} can't be used: {1}</source>
            <translation>无法使用训练任务 {0}：{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/sources.py" />
            <source>CIFAR-10 is not on this computer. Fetch it (170 MB), or name a folder with --data: the one CIFAR-10 is in, or one with a sub-folder of pictures for each class.</source>
            <translation>这台电脑上没有 CIFAR-10。请下载（170 MB），或用 --data 指定一个文件夹：存放 CIFAR-10 的文件夹，或每个类别各有一个图片子文件夹的文件夹。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/state.py" />
            <source>The run's state was made with other settings (average or precision) than its config.</source>
            <translation>训练任务的状态是用与其配置不同的设置（平均或精度）生成的。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/state.py" />
            <source>The run's state does not fit the network of its configuration.</source>
            <translation>训练任务的状态与其配置中的网络不符。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/state.py" />
            <source>No space left on device ({0})</source>
            <translation>设备上没有剩余空间（{0}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/state.py" />
            <source>The run {0} was saved by a newer version of this program.</source>
            <translation>训练任务 {0} 由本程序的更新版本保存。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/state.py" />
            <source>The state of the run {0} ({1}) can't be read.</source>
            <translation>无法读取训练任务 {0} 的状态（{1}）。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/tensorboard.py" />
            <source>TensorBoard is not part of this package: train without it.</source>
            <translation>此程序包不含 TensorBoard：请在不使用它的情况下训练。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/training/tensorboard.py" />
            <source>TensorBoard is not installed here: train without --tensorboard, or install the package “tensorboard”.</source>
            <translation>这里未安装 TensorBoard：请不带 --tensorboard 训练，或安装“tensorboard”包。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/catalog.py" />
            <source>class {0}</source>
            <translation>类别 {0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/catalog.py" />
            <source>ImageNet V{0}</source>
            <translation>ImageNet V{0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/catalog.py" />
            <source>torchvision's, trained by its newer recipe</source>
            <translation>torchvision 提供，按其较新的方案训练</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/catalog.py" />
            <source>torchvision's, trained as in the papers</source>
            <translation>torchvision 提供，按论文的方法训练</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>{0} is not a file.</source>
            <translation>{0} 不是文件。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>There is no file at {0}.</source>
            <translation>{0} 处没有文件。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>{0} is not a ResNet: {1}.</source>
            <translation>{0} 不是 ResNet：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>{0} does not fit into this computer's memory.</source>
            <translation>{0} 放不进这台电脑的内存。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>{0} holds values that are not finite</source>
            <translation>{0} 含有非有限的数值</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>{0} holds a negative variance</source>
            <translation>{0} 含有负的方差</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>reading it takes longer than a checkpoint of its size may</source>
            <translation>读取它所需的时间超出了此大小的检查点应有的时间</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>the process that read it ended without an answer, as it does for lack of memory</source>
            <translation>读取它的进程没有返回结果就结束了，内存不足时会如此</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint.py" />
            <source>the process that read it gave no sensible answer</source>
            <translation>读取它的进程返回的结果无法理解</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>it asks for more memory than any ResNet needs</source>
            <translation>它要求的内存超过任何 ResNet 所需</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>its pickle is malformed</source>
            <translation>它的 pickle 格式错误</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>Read from “{0}”.</source>
            <translation>读取自“{0}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>{0} has impossible strides</source>
            <translation>{0} 的步幅不可能存在</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>{0} reaches beyond its data</source>
            <translation>{0} 超出了其数据范围</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/checkpoint_worker.py" />
            <source>its {0} bytes claim to hold {1}</source>
            <translation>它的 {0} 字节声称含有 {1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>a web page came in place of the file, perhaps a sign-in page of this network</source>
            <translation>收到的是网页而不是文件，可能是当前网络的登录页</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>{0} could not be downloaded ({1}).{2}</source>
            <translation>无法下载 {0}（{1}）。{2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>There is not enough space in {0}.{1}{2}</source>
            <translation>{0} 中的空间不足。{1}{2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>{0} takes {1} MB, and {2} MB more until it is ready.</source>
            <translation>{0} 需要 {1} MB，在准备就绪之前还需要 {2} MB。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>{0} takes {1} MB.</source>
            <translation>{0} 需要 {1} MB。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>{0} MB are kept, and the next attempt goes on from there.</source>
            <translation>已保留 {0} MB，下次尝试将由此继续。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>what came is another file: its checksum or size differs; nothing was kept</source>
            <translation>收到的是另一个文件：校验和或大小不同；没有保留任何内容</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>that is no http or https address</source>
            <translation>那不是 http 或 https 地址</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the file there is shorter than the part that was kept; it starts anew</source>
            <translation>那里的文件比已保留的部分还短；将重新开始</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the server answers {0} {1}</source>
            <translation>服务器返回 {0} {1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the server sends the file in another form</source>
            <translation>服务器以另一种形式发送文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the server sent another part of the file than was asked for</source>
            <translation>服务器发送的不是所请求的那部分文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the file there has {0} bytes, not about {1}</source>
            <translation>那里的文件有 {0} 字节，而不是约 {1} 字节</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>more came than the file is long; nothing was kept</source>
            <translation>收到的内容超过文件长度；没有保留任何内容</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>the connection ended after {0} of {1} bytes</source>
            <translation>连接在收到 {1} 字节中的 {0} 字节后中断</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/download.py" />
            <source>nothing came for {0} seconds</source>
            <translation>{0} 秒内没有收到任何内容</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/faults.py" />
            <source>its certificate is not trusted ({0})</source>
            <translation>其证书不受信任（{0}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/faults.py" />
            <source>it can't be reached ({0})</source>
            <translation>无法连接（{0}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/faults.py" />
            <source>it does not answer any more</source>
            <translation>它不再响应</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/faults.py" />
            <source>the connection was lost ({0})</source>
            <translation>连接已断开（{0}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/faults.py" />
            <source>the connection ended too early</source>
            <translation>连接过早结束</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/head.py" />
            <source>{0} is not a ResNet: its last layer holds values that are not finite.</source>
            <translation>{0} 不是 ResNet：其最后一层含有非有限的数值。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/http_stream.py" />
            <source>the server redirects to an address that is not secure</source>
            <translation>服务器重定向到不安全的地址</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/importing.py" />
            <source>Its {0} classes were taken to be those of {1}.</source>
            <translation>其 {0} 个类别被视为 {1} 的类别。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/importing.py" />
            <source>{0}, from {1}.</source>
            <translation>{0}，来自 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/importing.py" />
            <source>{0} with a {1} stem and {2} classes</source>
            <translation>{0}，{1} 输入层，{2} 个类别</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>its description of a tensor makes no sense</source>
            <translation>它对某个张量的描述无法理解</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>{0} is a meta tensor: a shape without data</source>
            <translation>{0} 是 meta 张量：只有形状而没有数据</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>{0} is quantised</source>
            <translation>{0} 是量化的</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>{0} is a sparse tensor</source>
            <translation>{0} 是稀疏张量</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>it holds a Python object of the class {0}, and only weights are read, never objects (save model.state_dict() instead)</source>
            <translation>它含有类 {0} 的 Python 对象，而这里只读取权重，从不读取对象（请改为保存 model.state_dict()）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/pickle_names.py" />
            <source>it holds code ({0}), and code in a file is never run</source>
            <translation>它含有代码（{0}），而文件中的代码从不执行</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>It was taken as a residual network with parameter-free shortcuts; a plain one looks the same.</source>
            <translation>它被视为带无参数捷径的残差网络；普通网络看起来也是这样。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} tensors outside the network were left out, {1} among them.</source>
            <translation>网络之外的 {0} 个张量已略去，其中包括 {1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it holds {0} networks ({1})</source>
            <translation>它含有 {0} 个网络（{1}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>no tensors at all</source>
            <translation>没有任何张量</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it has no “conv1.weight” with a “layer1.0.conv1.weight” beside it; it holds {0}</source>
            <translation>它没有“conv1.weight”以及与之并列的“layer1.0.conv1.weight”；它含有 {0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} and {1} both stand for {2}</source>
            <translation>{0} 和 {1} 都代表 {2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} is {1}, not a convolution</source>
            <translation>{0} 是 {1}，不是卷积</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it reads pictures of {0} channels, not of 3 (red, green, blue)</source>
            <translation>它读取 {0} 个通道的图片，而不是 3 个（红、绿、蓝）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>its first convolution is {0}x{1}; those of ResNets are 7x7 or 3x3</source>
            <translation>它的第一个卷积为 {0}x{1}；ResNet 的为 7x7 或 3x3</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>its last layer (“fc.weight”) is missing, so it can't name classes</source>
            <translation>缺少它的最后一层（“fc.weight”），因此无法给出类别</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>its last layer is {0}, not a matrix of classes and features</source>
            <translation>它的最后一层是 {0}，不是类别与特征的矩阵</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it has no classes</source>
            <translation>它没有类别</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it claims {0} classes, and more than {1} are not read</source>
            <translation>它声称有 {0} 个类别，而超过 {1} 个的不予读取</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>“layer1.0.conv2.weight” is missing or not a convolution</source>
            <translation>缺少“layer1.0.conv2.weight”，或它不是卷积</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it has {0} stages; ResNets have four, those for CIFAR-10 three</source>
            <translation>它有 {0} 个阶段；ResNet 有四个，用于 CIFAR-10 的有三个</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>it has {0} blocks, more than any ResNet</source>
            <translation>它有 {0} 个残差块，多于任何 ResNet</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>“layer{0}.{1}.conv1.weight” is missing</source>
            <translation>缺少“layer{0}.{1}.conv1.weight”</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>“layer{0}.0.conv1.weight” is missing</source>
            <translation>缺少“layer{0}.0.conv1.weight”</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>, and {0} more</source>
            <translation>，以及另外 {0} 个</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} is missing{1} (it looked like a {2})</source>
            <translation>缺少 {0}{1}（它看起来像 {2}）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} is no part of a {1}, which it looked like otherwise</source>
            <translation>{0} 不属于 {1}，尽管它在其他方面看起来像</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/recognise.py" />
            <source>{0} is {1}, where {2} was expected</source>
            <translation>{0} 是 {1}，而预期为 {2}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>it ends before its data does</source>
            <translation>数据尚未结束，文件就结束了</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} holds complex numbers</source>
            <translation>{0} 含有复数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} holds 8-bit floats, which mean nothing without their scales</source>
            <translation>{0} 含有 8 位浮点数，没有缩放系数便没有意义</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} holds whole numbers ({1}), as quantised networks do</source>
            <translation>{0} 含有整数（{1}），像量化网络那样</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} is not {1} bytes long</source>
            <translation>{0} 的长度不是 {1} 字节</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>it is empty</source>
            <translation>它是空的</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>it ends before its header does</source>
            <translation>文件头尚未结束，文件就结束了</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its header claims {0} bytes, far more than that of any ResNet</source>
            <translation>它的文件头声称有 {0} 字节，远多于任何 ResNet</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>it holds {0} tensors, far more than any ResNet</source>
            <translation>它含有 {0} 个张量，远多于任何 ResNet</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its tensors overlap or leave gaps</source>
            <translation>它的张量有重叠或空隙</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} bytes at its end belong to no tensor</source>
            <translation>末尾的 {0} 字节不属于任何张量</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its header is not UTF-8 text</source>
            <translation>它的文件头不是 UTF-8 文本</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its header is not the JSON of a safetensors file</source>
            <translation>它的文件头不是 safetensors 文件的 JSON</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its header names something twice</source>
            <translation>它的文件头中有重复的名称</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>the metadata in its header is not text</source>
            <translation>它的文件头中的元数据不是文本</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>its header describes {0} in a way safetensors does not know</source>
            <translation>它的文件头以 safetensors 所没有的方式描述 {0}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} has an unknown element type, {1}</source>
            <translation>{0} 的元素类型 {1} 未知</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>{0} has an impossible shape or place</source>
            <translation>{0} 的形状或位置不可能存在</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/safetensors_file.py" />
            <source>the shape of {0} does not fit the length of its data</source>
            <translation>{0} 的形状与其数据的长度不符</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/shelf.py" />
            <source>it is a PyTorch checkpoint by another name, to be imported first</source>
            <translation>它是换了名称的 PyTorch 检查点，需要先导入</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a Git LFS pointer: the file itself has not been downloaded (git lfs pull)</source>
            <translation>它是 Git LFS 指针：文件本身尚未下载（git lfs pull）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a numpy array, not a network's named parameters</source>
            <translation>它是 numpy 数组，不是网络的具名参数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is an HDF5 file, as Keras writes; only PyTorch and safetensors files are read</source>
            <translation>它是 Keras 写入的那种 HDF5 文件；只读取 PyTorch 和 safetensors 文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a GGUF file, as language models use</source>
            <translation>它是语言模型所用的 GGUF 文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a gzip archive: unpack it first</source>
            <translation>它是 gzip 压缩包：请先解压</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is an xz archive: unpack it first</source>
            <translation>它是 xz 压缩包：请先解压</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a 7z archive: unpack it first</source>
            <translation>它是 7z 压缩包：请先解压</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a RAR archive: unpack it first</source>
            <translation>它是 RAR 压缩包：请先解压</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a picture</source>
            <translation>它是图片</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a PDF document</source>
            <translation>它是 PDF 文档</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a program</source>
            <translation>它是程序</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a web page, perhaps an error message in place of a download</source>
            <translation>它是网页，可能是代替下载内容的错误消息</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a tar archive, as torch wrote before version 0.1.10, and no longer read</source>
            <translation>它是 torch 0.1.10 版之前所写的那种 tar 归档，不再支持读取</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is a bare Python pickle, which can hold code and is never opened</source>
            <translation>它是单独的 Python pickle，可能含有代码，从不打开</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is an ONNX model; only PyTorch and safetensors files are read</source>
            <translation>它是 ONNX 模型；只读取 PyTorch 和 safetensors 文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/sniff.py" />
            <source>it is neither a PyTorch checkpoint nor a safetensors file, or it is damaged at its start</source>
            <translation>它既不是 PyTorch 检查点，也不是 safetensors 文件，或者开头已损坏</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>it holds a single tensor, not a network's named parameters</source>
            <translation>它含有单个张量，而不是网络的具名参数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>it holds {0}, not a network's named parameters</source>
            <translation>它含有{0}，而不是网络的具名参数</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>it is an empty dictionary</source>
            <translation>它是空字典</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>it holds no named tensors</source>
            <translation>它没有具名张量</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>{0} has an impossible shape</source>
            <translation>{0} 的形状不可能存在</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>a text</source>
            <translation>文本</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>a list</source>
            <translation>列表</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>a tuple</source>
            <translation>元组</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>a number</source>
            <translation>数字</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/state_dict.py" />
            <source>something else</source>
            <translation>其他内容</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>“resnet-lens weights list” shows all.</source>
            <translation>“resnet-lens weights list”会列出全部。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>There are no weights named “{0}”.{1}</source>
            <translation>没有名为“{0}”的权重。{1}</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>“{0}” can't be the name of weights of yours.</source>
            <translation>“{0}”不能用作你的权重的名称。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} has {1} classes, and there are {2} labels.</source>
            <translation>{0} 有 {1} 个类别，而标签有 {2} 个。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>Weights are written as .safetensors or .pth, not as “{0}”.</source>
            <translation>权重只能写为 .safetensors 或 .pth，不能写为“{0}”。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} is not on this disk.</source>
            <translation>{0} 不在此磁盘上。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} comes with the program and can't be removed.</source>
            <translation>{0} 随程序提供，无法移除。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} can't be removed: {1}.</source>
            <translation>无法移除 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} is no download: it is on this disk already.</source>
            <translation>{0} 无需下载：它已在此磁盘上。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} is a {1}, not a {2}.</source>
            <translation>{0} 是 {1}，不是 {2}。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/store.py" />
            <source>{0} is not on this disk: download it first (resnet-lens weights download {1}).</source>
            <translation>{0} 不在此磁盘上：请先下载（resnet-lens weights download {1}）。</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/tensors.py" />
            <source>a single number</source>
            <translation>单个数字</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it is damaged or cut off</source>
            <translation>它已损坏或不完整</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it is a zip archive with something else inside</source>
            <translation>它是装有其他内容的 ZIP 归档</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it is a TorchScript program, and only weights are read (save model.state_dict() instead)</source>
            <translation>它是 TorchScript 程序，而这里只读取权重（请改为保存 model.state_dict()）</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>its zip directory names something twice</source>
            <translation>它的 ZIP 目录中有重复的名称</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it is compressed or encrypted, which torch never does</source>
            <translation>它经过压缩或加密，而 torch 从不这样做</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>its zip directory contradicts itself</source>
            <translation>它的 ZIP 目录自相矛盾</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>its zip directory claims more than the file holds</source>
            <translation>它的 ZIP 目录所声称的内容超出了文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>its pickle is far larger than that of any ResNet</source>
            <translation>它的 pickle 远大于任何 ResNet 的 pickle</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>some of its data is missing</source>
            <translation>它的部分数据缺失</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>some of its data is not as long as claimed</source>
            <translation>它的部分数据与所声称的长度不符</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it is a torch file of an unknown version</source>
            <translation>它是未知版本的 torch 文件</translation>
        </message>
        <message>
            <location filename="../../resnet_core/weights/torch_file.py" />
            <source>it holds data that nothing refers to</source>
            <translation>它含有没有任何引用的数据</translation>
        </message>
    </context>
</TS>
