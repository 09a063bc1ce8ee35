// The emoji shortcodes that apps use most; any other stays as it was typed.

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|alarm_clock ⏰|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_up ⬆️
arrow_lower_right ↘️|arrow_upper_right ↗️|arrows_counterclockwise 🔄|balloon 🎈|bar_chart 📊|bell 🔔|bellhop_bell 🛎️|no_bell 🔕
birthday 🎂|black_circle ⚫|black_small_square ▪️|white_small_square ▫️|blossom 🌼|blue_book 📘|blue_heart 💙|bookmark 🔖
bookmark_tabs 📑|books 📚|boom 💥|briefcase 💼|brain 🧠|bulb 💡|calendar 📆|date 📅|spiral_calendar_pad 🗓️|card_index 📇
chart_with_downwards_trend 📉|chart_with_upwards_trend 📈|chart 💹|checkered_flag 🏁|clap 👏|clipboard 📋|clock1 🕐|clock3 🕒
clock9 🕘|coffee ☕|compass 🧭|confetti_ball 🎊|construction 🚧|crossed_fingers 🤞|crown 👑|dart 🎯|dollar 💵
moneybag 💰|door 🚪|email 📧|envelope ✉️|incoming_envelope 📨|eyes 👀|exclamation ❗|heavy_exclamation_mark ❗|question ❓
grey_question ❔|face_with_monocle 🧐|file_folder 📁|fire 🔥|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉
flag-us 🇺🇸|globe_with_meridians 🌐|earth_americas 🌎|green_book 📗|green_heart 💚|grin 😁|grinning 😀|smile 😄|smiley 😃
slightly_smiling_face 🙂|blush 😊|thinking_face 🤔|wink 😉|joy 😂|cry 😢|sob 😭|sweat_smile 😅|sunglasses 😎|tada 🎉
handshake 🤝|heart ❤️|heavy_check_mark ✔️|white_check_mark ✅|ballot_box_with_check ☑️|heavy_minus_sign ➖|heavy_plus_sign ➕
heavy_multiplication_x ✖️|x ❌|negative_squared_cross_mark ❎|hospital 🏥|hourglass ⌛|hourglass_flowing_sand ⏳|house 🏠
inbox_tray 📥|outbox_tray 📤|information_source ℹ️|key 🔑|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|ladder 🪜
large_blue_circle 🔵|red_circle 🔴|large_green_circle 🟢|large_orange_circle 🟠|large_yellow_circle 🟡|large_purple_circle 🟣
white_circle ⚪|large_blue_square 🟦|large_green_square 🟩|large_orange_square 🟧|large_red_square 🟥|large_yellow_square 🟨
white_large_square ⬜|black_large_square ⬛|large_blue_diamond 🔷|small_blue_diamond 🔹|small_orange_diamond 🔸
ledger 📒|link 🔗|loudspeaker 📢|mega 📣|mag 🔍|mag_right 🔎|medal 🏅|sports_medal 🏅|military_medal 🎖️|trophy 🏆|memo 📝
pencil 📝|pencil2 ✏️|microscope 🔬|moon 🌙|mortar_board 🎓|mountain ⛰️|muscle 💪|new 🆕|newspaper 📰|no_entry ⛔
no_entry_sign 🚫|notebook 📓|ok 🆗|ok_hand 👌|open_book 📖|book 📖|open_file_folder 📂|orange_book 📙|package 📦
page_facing_up 📄|page_with_curl 📃|palm_tree 🌴|beach_with_umbrella 🏖️|paperclip 📎|partying_face 🥳|phone ☎️|telephone_receiver 📞
point_down 👇|point_left 👈|point_right 👉|point_up ☝️|pray 🙏|printer 🖨️|pushpin 📌|round_pushpin 📍|raised_hands 🙌
raised_hand ✋|wave 👋|receipt 🧾|recycle ♻️|repeat 🔁|rocket 🚀|running 🏃|scales ⚖️|scroll 📜|seedling 🌱|shield 🛡️
sparkles ✨|speech_balloon 💬|left_speech_bubble 🗨️|star ⭐|star2 🌟|stethoscope 🩺|stopwatch ⏱️|timer_clock ⏲️|sunny ☀️|sunrise 🌅
snowflake ❄️|technologist 🧑‍💻|toolbox 🧰|hammer_and_wrench 🛠️|wrench 🔧|gear ⚙️|triangular_flag_on_post 🚩|arrow_forward ▶️
double_vertical_bar ⏸️|black_right_pointing_double_triangle_with_vertical_bar ⏭️|leftwards_arrow_with_hook ↩️|warning ⚠️
wastebasket 🗑️|woman-running 🏃‍♀️|zap ⚡|zzz 💤|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣
keycap_ten 🔟|zero 0️⃣|hash #️⃣|1234 🔢|abc 🔤|busts_in_silhouette 👥|bust_in_silhouette 👤|male-doctor 👨‍⚕️|female-doctor 👩‍⚕️|health_worker 🧑‍⚕️|pill 💊|ambulance 🚑
nerd_face 🤓|star-struck 🤩|relieved 😌|relaxed ☺️|wink 😉|heart_eyes 😍|smirk 😏|neutral_face 😐|confused 😕|worried 😟|open_mouth 😮
astonished 😲|scream 😱|angry 😠|rage 😡|sleeping 😴|hugging_face 🤗|shrug 🤷|facepalm 🤦|salute 🫡|saluting_face 🫡|melting_face 🫠|upside_down_face 🙃
laughing 😆|rolling_on_the_floor_laughing 🤣|innocent 😇|zipper_mouth_face 🤐|face_with_thermometer 🤒|mask 😷|v ✌️|the_horns 🤘|fist 👊|facepunch 👊
point_up_2 👆|writing_hand ✍️|open_hands 👐|heart_hands 🫶|brown_heart 🤎|orange_heart 🧡|yellow_heart 💛|purple_heart 💜|black_heart 🖤|white_heart 🤍
broken_heart 💔|sparkling_heart 💖|gift 🎁|balloon 🎈|champagne 🍾|beers 🍻|pizza 🍕|cookie 🍪|cake 🍰|doughnut 🍩|tea 🍵|apple 🍎|evergreen_tree 🌲
deciduous_tree 🌳|four_leaf_clover 🍀|herb 🌿|leaves 🍃|sunflower 🌻|rainbow 🌈|cloud ☁️|umbrella ☔|partly_sunny ⛅|full_moon 🌕|ocean 🌊|dog 🐶|cat 🐱
bee 🐝|turtle 🐢|owl 🦉|unicorn_face 🦄|car 🚗|bus 🚌|train 🚆|airplane ✈️|bike 🚲|world_map 🗺️|map 🗺️|office 🏢|school 🏫|bank 🏦|computer 💻|iphone 📱
desktop_computer 🖥️|keyboard ⌨️|camera 📷|movie_camera 🎥|tv 📺|headphones 🎧|microphone 🎤|art 🎨|puzzle_piece 🧩|jigsaw 🧩|game_die 🎲|soccer ⚽
basketball 🏀|golf ⛳|reminder_ribbon 🎗️|ribbon 🎀|label 🏷️|ticket 🎫|credit_card 💳|chart_increasing 📈|clock12 🕛|clock2 🕑|clock4 🕓|clock5 🕔|clock6 🕕
clock7 🕖|clock8 🕗|clock10 🕙|clock11 🕚|watch ⌚|dash 💨|droplet 💧|adhesive_bandage 🩹|syringe 💉|heartpulse 💗|anatomical_heart 🫀|lungs 🫁|bone 🦴|tooth 🦷
dna 🧬|test_tube 🧪|thermometer 🌡️|nurse 🧑‍⚕️|male-office-worker 👨‍💼|female-office-worker 👩‍💼|office_worker 🧑‍💼|student 🧑‍🎓|family 👪|speaking_head_in_silhouette 🗣️
eight_pointed_black_star ✴️|sparkle ❇️|sos 🆘|top 🔝|soon 🔜|back 🔙|up 🆙|cool 🆒|free 🆓|vs 🆚|copyright ©️|registered ®️|tm ™️|arrow_up_small 🔼
arrow_down_small 🔽|arrow_backward ◀️|fast_forward ⏩|rewind ⏪|twisted_rightwards_arrows 🔀|left_right_arrow ↔️|arrow_up_down ↕️|arrow_right_hook ↪️
white_medium_square ◻️|black_medium_square ◼️|large_brown_square 🟫|large_purple_square 🟪|large_brown_circle 🟤|black_medium_small_square ◾|white_flag 🏳️
flag-ca 🇨🇦|flag-gb 🇬🇧|flag-de 🇩🇪|flag-es 🇪🇸|flag-mx 🇲🇽|flag-pt 🇵🇹|flag-fr 🇫🇷
`;

const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(" ")),
);

/** The character of a shortcode without its colons, or undefined. */
export function emoji(name) {
  return EMOJI.get(name.toLowerCase().replace(/::skin-tone-\d$/, ""));
}

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+):/gi, (whole, name) => emoji(name) ?? whole);
}
